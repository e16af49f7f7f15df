import { readCell, writeCell } from './formula.js';

const texts = ['', 'Hotel', "'s Hertogenbosch", '=1+1', '+34 600', '-', '@home', '\tTab', "'=1", "''=1", "'", 'a=b'];

it.each(texts)('%j is read as it was written', (text) => expect(readCell(writeCell(text))).toBe(text));

it.each(texts)('%j is no formula once written', (text) => expect(writeCell(text)).not.toMatch(/^[=+\-@\t\r]/));

it('a text that is no formula stays as it is', () => expect(writeCell("'s Hertogenbosch")).toBe("'s Hertogenbosch"));
