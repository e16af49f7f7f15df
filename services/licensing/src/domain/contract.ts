import type { ContractFacts, LicenseView } from '@tenure/contracts';
import { expiresOn, spreadSeconds, validUntilOf, type ReminderPolicy, type Term } from '@tenure/lifecycle';

/** The configuration that affects dates. */
export interface DateRules {
  /** For how many calendar days a pending renewal keeps an account working. */
  graceDays: number;
  /** Over how many minutes reminders that are due at the same time are spread. */
  spreadMinutes: number;
}

/** What an account's dates are calculated from. All instants are in the account's clock. */
export interface Dates {
  timeZone: string;
  /** The last term. */
  term: Term;
  policy: ReminderPolicy;
  /**
   * The offsets whose time had already passed when the policy replaced another during the term; empty when the term
   * started with it.
   */
  pastWhenApplied: readonly string[];
  /** How much later than the policy's time this account's reminders are sent. */
  spreadSeconds: number;
  /** When the pending renewal was sent; null when none is pending. */
  renewalSubmittedAt: Date | null;
  /** For how many calendar days a pending renewal keeps the account working. */
  graceDays: number;
  /**
   * When the account actually stopped, if a renewal kept it working past its expiry and then ended without approval.
   */
  stoppedAt: Date | null;
  /** When the account was imported, with its first term; null if an application opened it. */
  importedAt: Date | null;
}

/** What one account may use, and until when. */
export interface Contract extends Dates {
  country: string;
  license: LicenseView;
  contracted: number;
  /** The sum of its devices' allocations; never above `contracted`. */
  used: number;
  rtcLines: number;
}

/** What an account's dates are calculated from when it is opened or imported. */
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
 * Until when the account works, or worked. A decision is compared with it at the time it was made, however late a
 * worker processes it. It is later than `validUntil` only if `validUntil` moved back because a renewal ended.
 */
export function workedUntil(dates: Dates): Date {
  const until = validUntilOf(dates);
  return dates.stoppedAt !== null && dates.stoppedAt > until ? dates.stoppedAt : until;
}

export function isExpired(dates: Dates, at: Date): boolean {
  return at >= workedUntil(dates);
}

/** What the person who decides sees, and what is compared when the decision is settled. */
export function factsOf(contract: Contract, at: Date): ContractFacts {
  return {
    license: contract.license.code,
    contracted: contract.contracted,
    rtcLines: contract.rtcLines,
    expiresOn: expiresOn(contract.term),
    state: isExpired(contract, at) ? 'expired' : 'active',
  };
}
