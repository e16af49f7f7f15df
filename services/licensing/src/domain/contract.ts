import type { ContractFacts, LicenseView } from '@tenure/contracts';
import { expiresOn, spreadSeconds, validUntilOf, type ReminderPolicy, type Term } from '@tenure/lifecycle';

/** What is configured of dates. */
export interface DateRules {
  /** For how many calendar days a pending renewal keeps an account working. */
  graceDays: number;
  /** Over how many minutes the reminders of one time are spread. */
  spreadMinutes: number;
}

/** By what the dates of an account follow from its last term. All instants are in the account's clock. */
export interface Dates {
  timeZone: string;
  /** The last one. */
  term: Term;
  policy: ReminderPolicy;
  /** The offsets that were past when the policy replaced another in the course of the term; empty when the term began with it. */
  pastWhenApplied: readonly string[];
  /** By how much this account's reminders come later than the policy's time. */
  spreadSeconds: number;
  /** When the pending renewal was sent; null when none is pending. */
  renewalSubmittedAt: Date | null;
  /** For how many calendar days a pending renewal keeps the account working. */
  graceDays: number;
  /** When the account in fact stopped, if a renewal had kept it working past its expiry and ended without approval. */
  stoppedAt: Date | null;
  /** When it was brought in from elsewhere, with its first term; null where an application opened it. */
  importedAt: Date | null;
}

/** What holds for one account: what it may use, and until when. */
export interface Contract extends Dates {
  country: string;
  license: LicenseView;
  contracted: number;
  /** The sum of its devices' allocations; never above `contracted`. */
  used: number;
  rtcLines: number;
}

/** What the dates of an account follow from when it is opened or imported. */
export function firstDates(
  { accountId, ...given }: Pick<Dates, 'timeZone' | 'term' | 'policy' | 'importedAt'> & { accountId: string },
  { graceDays, spreadMinutes }: DateRules,
): Dates {
  return {
    ...given,
    pastWhenApplied: [],
    spreadSeconds: spreadSeconds(accountId, spreadMinutes),
    renewalSubmittedAt: null,
    graceDays,
    stoppedAt: null,
  };
}

/**
 * Until when the account worked, or works: what a decision's own time is compared with, however late a worker comes
 * to it. Later than `validUntil` only where that went back because a renewal ended.
 */
export function workedUntil(dates: Dates): Date {
  const until = validUntilOf(dates);
  return dates.stoppedAt !== null && dates.stoppedAt > until ? dates.stoppedAt : until;
}

export function isExpired(dates: Dates, at: Date): boolean {
  return at >= workedUntil(dates);
}

/** What a decision's maker sees, and what is compared when the decision is settled. */
export function factsOf(contract: Contract, at: Date): ContractFacts {
  return {
    license: contract.license.code,
    contracted: contract.contracted,
    rtcLines: contract.rtcLines,
    expiresOn: expiresOn(contract.term),
    state: isExpired(contract, at) ? 'expired' : 'active',
  };
}
