import type { ApplicationCheck } from '@tenure/contracts';

/** In the largest unit of which there is at least one. */
export interface Duration {
  unit: 'days' | 'hours' | 'minutes';
  count: number;
}

/** How long an application has been waiting, and how overdue it is. */
export interface Waiting extends Duration {
  /** Who has been notified, and after how many working days; an earlier version does not say how many. */
  mark: { what: 'reminded' | 'escalated'; overWorkingDays: number | undefined } | null;
}

type Deadlines = Pick<
  ApplicationCheck,
  'remindAt' | 'escalateAt' | 'remindAfterWorkingDays' | 'escalateAfterWorkingDays'
>;

/** @param now in the account's clock */
export function waitingOf(submittedAt: string, check: Deadlines, now: string): Waiting {
  return {
    ...inLargestUnit(Math.floor((Date.parse(now) - Date.parse(submittedAt)) / 60_000)),
    mark: markOf(check, now),
  };
}

function markOf(check: Deadlines, now: string): Waiting['mark'] {
  if (now >= check.escalateAt) return { what: 'escalated', overWorkingDays: check.escalateAfterWorkingDays };
  return now >= check.remindAt ? { what: 'reminded', overWorkingDays: check.remindAfterWorkingDays } : null;
}

/**
 * Whether an application is old enough for a mark. Only its checks say whether it has one: there may have been a weekend,
 * and reviewers may be reminded sooner or later than after the usual two working days.
 */
export function mayBeMarked(submittedAt: string, now: string): boolean {
  return Date.parse(now) - Date.parse(submittedAt) >= 2 * 24 * 60 * 60_000;
}

/** A negative duration, from clocks that differ, counts as zero. */
export function inLargestUnit(minutes: number): Duration {
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return { unit: 'days', count: days };
  return hours > 0 ? { unit: 'hours', count: hours } : { unit: 'minutes', count: Math.max(0, minutes) };
}

/** Now, by the clock of the account that the application is about. */
export function nowOf({ preview }: Pick<ApplicationCheck, 'preview'>): string {
  return preview?.asOf ?? new Date().toISOString();
}
