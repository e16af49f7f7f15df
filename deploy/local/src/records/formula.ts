/**
 * A text that a spreadsheet would take for a formula has an apostrophe in front, as OWASP advises. One that begins like
 * that already gets one more, so that `readCell` gives back exactly what was written.
 */
export function writeCell(text: string): string {
  return /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

export function readCell(text: string): string {
  return /^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
}
