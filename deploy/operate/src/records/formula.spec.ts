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

it.each(texts)('%j is no formula once written, also where semicolons or lines part the cells', (text) => {
  for (const cell of writeCell(text).split(/[;\t\r\n]/)) expect(cell).not.toMatch(/^["\s]*[=+\-@]/);
});

it('a formula that somebody else has written keeps its beginning', () => expect(readCell('=1+1')).toBe('=1+1'));

it('a text that is no formula stays as it is', () => expect(writeCell("'s Hertogenbosch")).toBe("'s Hertogenbosch"));
