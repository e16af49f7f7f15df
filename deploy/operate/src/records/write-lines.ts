import { stringify } from 'csv-stringify/sync';
import { writeCell } from './formula.js';

/** Rows of an accounts file. Every line break in a cell is quoted: outside quotes, it would end the row. */
export function writeLines(rows: readonly string[][]): string {
  return stringify(
    rows.map((row) => row.map(writeCell)),
    { record_delimiter: 'windows', quoted_match: /[\r\n]/ },
  );
}
