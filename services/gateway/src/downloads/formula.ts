/**
 * Where a cell begins and goes on as a formula. Spreadsheets with Spanish settings part cells at semicolons, and then heed
 * no quotes that commas have asked for: so a cell may begin after each semicolon, tab and line break of a text.
 */
const beginning = /(^|[;\t\r\n])(?='*[" ]*[=+\-@\t\r＝＋－＠])/g;

/** With an apostrophe in front of what a spreadsheet would take for a formula, as OWASP advises. */
export function withoutFormulas(text: string): string {
  return text.replaceAll(beginning, "$1'");
}
