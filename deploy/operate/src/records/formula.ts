/** Where a cell begins, after apostrophes of its own if it has some, and goes on as a formula: see the gateway's `downloads/formula.ts`. */
const toWrite = /(^|[;\t\r\n])(?='*[" ]*[=+\-@\t\r＝＋－＠])/g;
const written = /(^|[;\t\r\n])'(?='*[" ]*[=+\-@\t\r＝＋－＠])/g;

/**
 * What a spreadsheet would take for a formula has an apostrophe in front, as OWASP advises. What begins like that already
 * gets one more, so that `readCell` gives back exactly what was written.
 */
export function writeCell(text: string): string {
  return text.replaceAll(toWrite, "$1'");
}

export function readCell(text: string): string {
  return text.replaceAll(written, '$1');
}
