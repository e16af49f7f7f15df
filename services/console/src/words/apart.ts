/** Characters of right-to-left scripts: Hebrew, Arabic and their neighbors. */
const fromRightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/**
 * Isolates a right-to-left name from the sentence around it, as in e-mails (UAX 9: first strong isolate): otherwise it
 * would reorder a figure that follows it. All other names are unchanged.
 */
export function apart(name: string): string {
  return fromRightToLeft.test(name) ? `\u2068${name}\u2069` : name;
}
