import { expiresAt, inWallClock, validUntilOf } from '@tenure/lifecycle';
import type { Dates } from './contract.js';

/** What is stored of an account's end besides the dates from which it follows. */
export interface Instants {
  /** Of the last term, in the account's clock. */
  expiresAt: Date;
  /** In the wall clock, as allocations compare it. */
  validUntil: Date;
}

/** By the rules of the zone and the configuration as they are today (docs/rules.md: Term and dates). */
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

/** Of what has ended by both, nothing is changed any more: it was true then. */
export function isOver(one: Instants, other: Instants, now: Date): boolean {
  return one.validUntil <= now && other.validUntil <= now;
}
