import { stringify } from 'csv-stringify/sync';

export type Cell = string | number | boolean | null;

/**
 * Rows as CSV (RFC 4180). Formulas are disarmed, because people type the texts. Every line break in a cell is quoted:
 * outside quotes, it would end the row.
 */
export function csvLines(rows: readonly (readonly Cell[])[]): string {
  return stringify([...rows], {
    record_delimiter: 'windows',
    quoted_match: /[\r\n]/,
    cast: { string: writeCell },
  });
}

/**
 * Where a cell would start. Spreadsheets with Spanish settings split cells at semicolons and then ignore the quotes of
 * comma-separated values, so a cell may start after any semicolon, tab or line break in a text.
 */
const start = String.raw`(^|[;\t\r\n])`;
/** What would continue there as a formula, possibly after apostrophes. */
const formula = String.raw`(?='*[" ]*[=+\-@\t\r＝＋－＠])`;
const toWrite = new RegExp(`${start}${formula}`, 'g');
const written = new RegExp(`${start}'${formula}`, 'g');

/**
 * Puts an apostrophe before anything that a spreadsheet would take for a formula, as OWASP advises. A text that already
 * begins like that gets one more, so that `readCell` restores exactly what was written.
 */
export function writeCell(text: string): string {
  return text.replaceAll(toWrite, "$1'");
}

export function readCell(text: string): string {
  return text.replaceAll(written, '$1');
}
