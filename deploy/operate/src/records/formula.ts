/**
 * The start of a cell that continues as a formula, possibly after apostrophes: see the gateway's
 * `downloads/formula.ts`.
 */
const toWrite = /(^|[;\t\r\n])(?='*[" ]*[=+\-@\t\r＝＋－＠])/g;
const written = /(^|[;\t\r\n])'(?='*[" ]*[=+\-@\t\r＝＋－＠])/g;

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
