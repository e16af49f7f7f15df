import { expiresAt, inWallClock, validUntilOf } from '@tenure/lifecycle';
import type { Dates } from './contract.js';

/** The stored instants of an account's end, which are calculated from its dates. */
export interface Instants {
  /** Of the last term, in the account's clock. */
  expiresAt: Date;
  /** In wall-clock time, as allocations compare it. */
  validUntil: Date;
}

/** Calculated by the zone's rules and the configuration as of today (docs/rules.md: Term and dates). */
export function instantsOf(dates: Dates, clockAheadSeconds: number): Instants {
  return {
    expiresAt: expiresAt(dates.term, dates.timeZone),
    validUntil: inWallClock(validUntilOf(dates), clockAheadSeconds),
  };
}

export function isSame(one: Instants, other: Instants): boolean {
  return (
    one.expiresAt.getTime() === other.expiresAt.getTime() && one.validUntil.getTime() === other.validUntil.getTime()
  );
}

/** When the account has ended by both, nothing is changed anymore: what was stored was true at the time. */
export function isOver(one: Instants, other: Instants, now: Date): boolean {
  return one.validUntil <= now && other.validUntil <= now;
}
