/**
 * Where a cell would start as a formula. Spreadsheets with Spanish settings split cells at semicolons and then ignore
 * the quotes of comma-separated values, so a cell may start after any semicolon, tab or line break in a text.
 */
const beginning = /(^|[;\t\r\n])(?='*[" ]*[=+\-@\t\r＝＋－＠])/g;

/** Prefixes what a spreadsheet would read as a formula with an apostrophe, as OWASP advises. */
export function withoutFormulas(text: string): string {
  return text.replaceAll(beginning, "$1'");
}
