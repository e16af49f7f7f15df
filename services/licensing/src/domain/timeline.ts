import {
  dueMoments,
  expiresAt,
  planTimeline,
  remindersIn,
  validUntilOf,
  type DueMoment,
  type Moment,
} from '@tenure/lifecycle';
import type { Dates } from './contract.js';

/** Every moment of the last term, as planned. */
export function timelineOf(dates: Dates): Moment[] {
  return planTimeline({ ...dates, validUntil: validUntilOf(dates) });
}

/** The planned reminders of the last term. */
export function remindersOf(dates: Dates): Moment[] {
  return remindersIn(timelineOf(dates));
}

/** What is due at `asOf`, and the next planned moment after it; null when the term is over. */
export function dueOf(dates: Dates, asOf: Date): { due: DueMoment[]; next: Moment | null } {
  const end = expiresAt(dates.term, dates.timeZone);
  return dueMoments(timelineOf(dates), {
    asOf,
    expiresAt: end,
    importedExpired: dates.importedAt !== null && dates.importedAt >= end,
    stoppedAt: dates.stoppedAt ?? undefined,
  });
}

/** A term before the last one, and the policy that last planned it. */
export type EarlierTerm = Pick<Dates, 'term' | 'policy' | 'pastWhenApplied'>;

/**
 * The moments of every term, oldest first, for people. Nothing more is sent about a term before the last one, so any
 * moment that had no notice before the renewal is not applicable, even if it was already due, such as the expiry of an
 * account that was renewed in the days after it.
 * @param earlier the terms before the last one
 */
export function allMoments(dates: Dates, earlier: EarlierTerm[]): Moment[] {
  const { timeZone, spreadSeconds } = dates;
  return [
    ...earlier.flatMap((plan) =>
      planTimeline({ ...plan, timeZone, spreadSeconds, validUntil: expiresAt(plan.term, timeZone) }).map((moment) =>
        moment.status === 'planned'
          ? { ...moment, status: 'not_applicable' as const, reason: 'renewed' as const }
          : moment,
      ),
    ),
    ...timelineOf(dates),
  ];
}
