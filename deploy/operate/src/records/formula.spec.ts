import { readCell, writeCell } from './formula.js';

const texts = [
  '',
  'Hotel',
  "a'=b",
  "'s Hertogenbosch",
  '=1+1',
  '+34 600',
  '-',
  '@home',
  '\tTab',
  "'=1",
  "''=1",
  "'",
  'a=b',
  'a;=b',
  "a;'=b",
  'a; -b;+c',
  'a;"=b"',
  'a\r\n=b',
];

it.each(texts)('%j is read as it was written', (text) => expect(readCell(writeCell(text))).toBe(text));

it.each(texts)('%j is not a formula once written, even if semicolons or line breaks separate the cells', (text) => {
  for (const cell of writeCell(text).split(/[;\t\r\n]/)) expect(cell).not.toMatch(/^["\s]*[=+\-@]/);
});

it('a formula in a file from elsewhere is read unchanged', () => expect(readCell('=1+1')).toBe('=1+1'));

it('a text that is not a formula stays unchanged', () =>
  expect(writeCell("'s Hertogenbosch")).toBe("'s Hertogenbosch"));
