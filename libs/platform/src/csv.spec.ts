import { csvLines, readCell, writeCell } from './csv.js';

const formulas = [
  ...['=1+1', '-2', '+34 600', '-', '@SUM(1)', '@home', '＝1', '\tTab', "'=1", "''=1"],
  ...["Harbor;=cmd|'/C calc'!A0;", 'Harbor; =1+1', 'Harbor;"=1+1&"', 'a;;=1;@b', 'a;=b', "a;'=b", 'a; -b;+c', 'a;"=b"'],
  ...['a\n=1+1', 'a\r\n+1', 'a\r\n=b', 'a\t-1'],
];
const others = [
  '',
  'Harbor',
  "a'=b",
  'a=b',
  'a - b',
  "'s Hertogenbosch",
  "'",
  'Port; Authority',
  'a,=b',
  '{"name":"=1"}',
];

/** Where a spreadsheet starts another cell: with Spanish settings at semicolons, even inside quotes. */
const cells = (text: string) => text.split(/[;\t\r\n]/);

it.each(formulas)('%j starts a formula in no cell once written, whatever separates the cells', (text) => {
  for (const cell of cells(writeCell(text))) expect(cell).not.toMatch(/^["\s]*[=+\-@＝＋－＠]/);
});

it.each(others)('%j is no formula and stays as it is', (text) => expect(writeCell(text)).toBe(text));

it.each([...formulas, ...others])('%j is read as it was written', (text) =>
  expect(readCell(writeCell(text))).toBe(text),
);

it('a formula in a file from elsewhere is read unchanged', () => expect(readCell('=1+1')).toBe('=1+1'));

it('takes time linear in the length of the text', () => {
  const text = `${';"\''.repeat(30_000)}x`;
  expect(writeCell(text)).toBe(text);
});

it('a table has its formulas disarmed, and empty cells for null', () =>
  expect(
    csvLines([
      ['name', 'used'],
      ['=1+1', 20],
      ['a, b', null],
    ]),
  ).toBe(`name,used\r\n'=1+1,20\r\n"a, b",\r\n`));

it.each(['a\nb', 'a\rb', 'a\r\nb'])('%j stays in one cell: a line break is quoted, whichever it is', (comment) =>
  expect(
    csvLines([
      ['line', 'comment'],
      ['2', comment],
    ]),
  ).toBe(`line,comment\r\n2,"${comment}"\r\n`),
);
