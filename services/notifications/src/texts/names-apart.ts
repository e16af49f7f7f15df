import type { Words } from './letter.js';

/** Of the scripts that are written from right to left: Hebrew, Arabic and their neighbors. */
const fromRightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
/** Marks that turn what follows them round, or end what keeps a name apart. */
const turning = /[\u202A-\u202E\u2066-\u2069]/gu;
const [isolate, end] = ['\u2068', '\u2069'];

/**
 * A name that is written from right to left, kept apart from the sentence it stands in (UAX 9: first strong isolate):
 * else it takes along the quote, the figure or the other name that follows it. All other names stay as they are, but for
 * what would do so to the rest of the sentence.
 */
export function apart(name: string): string {
  const plain = name.replaceAll(turning, '');
  return fromRightToLeft.test(plain) ? isolate + plain + end : plain;
}

/** The same with all names of people, accounts and organizations apart. */
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
