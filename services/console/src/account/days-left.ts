import type { AccountView } from '@tenure/contracts';
import { lastDayBefore } from '../words/format.js';

/** What is said of an account's end, and how urgently. */
export type DaysLeft =
  | { kind: 'days'; days: number; urgency: 'none' | 'month' | 'week' }
  | { kind: 'lastDay' }
  /** Its last day is over, and a renewal that is pending keeps it working until this day. */
  | { kind: 'worksUntil'; day: string }
  | { kind: 'over'; days: number };

export function daysLeftOf({
  state,
  daysLeft,
  validUntil,
  timeZone,
}: Pick<AccountView, 'state' | 'daysLeft' | 'validUntil' | 'timeZone'>): DaysLeft {
  if (state === 'expired') return { kind: 'over', days: -daysLeft };
  if (daysLeft < 0) return { kind: 'worksUntil', day: lastDayBefore(validUntil, timeZone) };
  if (daysLeft === 0) return { kind: 'lastDay' };
  return { kind: 'days', days: daysLeft, urgency: daysLeft <= 7 ? 'week' : daysLeft <= 30 ? 'month' : 'none' };
}
