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
];

it.each(texts)('%j is read as it was written', (text) => expect(readCell(writeCell(text))).toBe(text));

it.each(texts)('%j is no formula once written', (text) => expect(writeCell(text)).not.toMatch(/^[=+\-@\t\r]/));

it('a formula that somebody else has written keeps its beginning', () => expect(readCell('=1+1')).toBe('=1+1'));

it('a text that is no formula stays as it is', () => expect(writeCell("'s Hertogenbosch")).toBe("'s Hertogenbosch"));
