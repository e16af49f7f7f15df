import type { Words } from './letter.js';

/** Right-to-left scripts: Hebrew, Arabic and their neighbors. */
const fromRightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
/** Control characters that change the direction of the text after them, or end an isolate. */
const turning = /[\u202A-\u202E\u2066-\u2069]/gu;
const [isolate, end] = ['\u2068', '\u2069'];

/**
 * Isolates a right-to-left name from its sentence (UAX 9: first strong isolate): otherwise it reorders the quote,
 * figure or name that follows it. Any other name stays as it is, except that direction control characters are removed.
 */
export function apart(name: string): string {
  const plain = name.replaceAll(turning, '');
  return fromRightToLeft.test(plain) ? isolate + plain + end : plain;
}

/** The same words, with all names of people, accounts and organizations isolated. */
export function withNamesApart(words: Words): Words {
  const { accountName, organizationName, application, renewal } = words;
  return {
    ...words,
    accountName: apart(accountName),
    organizationName: apart(organizationName),
    application: application && {
      ...application,
      applicantName: apart(application.applicantName),
      decidedByName: application.decidedByName && apart(application.decidedByName),
      withdrawnByName: application.withdrawnByName && apart(application.withdrawnByName),
    },
    renewal: renewal && {
      ...renewal,
      applicantName: apart(renewal.applicantName),
      decidedByName: renewal.decidedByName && apart(renewal.decidedByName),
    },
  };
}
