import type { AccountView } from '@tenure/contracts';
import { lastDayBefore } from '../words/format.js';

/** How an account's end is described, and how urgent it is. */
export type DaysLeft = { urgency: 'none' | 'month' | 'week' | 'today' } & (
  | { kind: 'days' | 'over'; days: number }
  | { kind: 'lastDay' }
  /** The last day has passed, and a pending renewal keeps the account working until this day. */
  | { kind: 'worksUntil'; day: string }
);

export function daysLeftOf({
  state,
  daysLeft,
  validUntil,
  timeZone,
}: Pick<AccountView, 'state' | 'daysLeft' | 'validUntil' | 'timeZone'>): DaysLeft {
  if (state === 'expired') return { kind: 'over', days: -daysLeft, urgency: 'none' };
  if (daysLeft < 0) return { kind: 'worksUntil', day: lastDayBefore(validUntil, timeZone), urgency: 'today' };
  if (daysLeft === 0) return { kind: 'lastDay', urgency: 'today' };
  return { kind: 'days', days: daysLeft, urgency: daysLeft <= 7 ? 'week' : daysLeft <= 30 ? 'month' : 'none' };
}
