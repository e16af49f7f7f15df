import type { Words } from './letter.js';

/** Of the scripts that are written from right to left: Hebrew, Arabic and their neighbors. */
const fromRightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
const [isolate, end] = ['\u2068', '\u2069'];

/**
 * A name that is written from right to left, kept apart from the sentence it stands in (UAX 9: first strong isolate):
 * else it takes along the quote, the figure or the other name that follows it. All other names stay as they are.
 */
export function apart(name: string): string {
  return fromRightToLeft.test(name) ? isolate + name + end : name;
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
