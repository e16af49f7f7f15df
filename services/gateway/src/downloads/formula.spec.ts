import { withoutFormulas } from './formula.js';

/** Where a spreadsheet begins another cell: with Spanish settings at semicolons, inside quotes as well. */
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
])('%j begins a formula in no cell, whatever parts the cells', (text) => {
  for (const cell of cells(withoutFormulas(text))) expect(cell).not.toMatch(/^["\s]*[=+\-@＝＋－＠]/);
});

it.each(['Harbor', 'a=b', 'a - b', "'s Hertogenbosch", 'Port; Authority', 'a,=b', '{"name":"=1"}'])(
  '%j stays as it is',
  (text) => expect(withoutFormulas(text)).toBe(text),
);

it('takes time by the length of the text alone', () => {
  const text = `${';"\''.repeat(30_000)}x`;
  expect(withoutFormulas(text)).toBe(text);
});
