import { withoutFormulas } from './formula.js';

/** Where a spreadsheet starts another cell: with Spanish settings at semicolons, even inside quotes. */
const cells = (text: string) => text.split(/[;\t\r\n]/);

it.each([
  '=1+1',
  '-2',
  '@SUM(1)',
  '＝1',
  "Harbor;=cmd|'/C calc'!A0;",
  'Harbor; =1+1',
  'Harbor;"=1+1&"',
  'a\n=1+1',
  'a\r\n+1',
  'a\t-1',
  'a;;=1;@b',
])('%j starts a formula in no cell, whatever separates the cells', (text) => {
  for (const cell of cells(withoutFormulas(text))) expect(cell).not.toMatch(/^["\s]*[=+\-@＝＋－＠]/);
});

it.each(['Harbor', 'a=b', 'a - b', "'s Hertogenbosch", 'Port; Authority', 'a,=b', '{"name":"=1"}'])(
  '%j stays as it is',
  (text) => expect(withoutFormulas(text)).toBe(text),
);

it('takes time linear in the length of the text', () => {
  const text = `${';"\''.repeat(30_000)}x`;
  expect(withoutFormulas(text)).toBe(text);
});
