import { addDays, startOfDay } from './calendar.js';
import { expiresAt, expiresOn, type Term } from './term.js';

/**
 * The instant until which the account works (exclusive): the term's `expiresAt`; while a renewal that was sent before
 * that is pending, the start of the local day `graceDays` calendar days later (docs/rules.md: Term and dates). With 15
 * days, an account whose last day is 4 December works through the whole of 19 December.
 * @param account.renewalSubmittedAt when the pending renewal was sent; null if none is pending
 */
export function validUntilOf(account: {
  term: Term;
  timeZone: string;
  renewalSubmittedAt: Date | null;
  graceDays: number;
}): Date {
  const { term, timeZone, renewalSubmittedAt, graceDays } = account;
  const end = expiresAt(term, timeZone);
  return renewalSubmittedAt !== null && renewalSubmittedAt < end
    ? startOfDay(addDays(expiresOn(term), 1 + graceDays), timeZone)
    : end;
}
