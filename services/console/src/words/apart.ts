/** Of the scripts that are written from right to left: Hebrew, Arabic and their neighbors. */
const fromRightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/**
 * A name that is written from right to left, kept apart from the sentence it stands in, as in e-mails (UAX 9: first strong
 * isolate): else it takes along the figure that follows it. All others stay as they are.
 */
export function apart(name: string): string {
  return fromRightToLeft.test(name) ? `\u2068${name}\u2069` : name;
}
