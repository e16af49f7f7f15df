import type { ApplicationCheck } from '@tenure/contracts';

/** In the largest unit of which it is one or more. */
export interface Duration {
  unit: 'days' | 'hours' | 'minutes';
  count: number;
}

/** How long an application waits, and how late that is. */
export interface Waiting extends Duration {
  mark: 'none' | 'reminded' | 'escalated';
}

/** @param now in the account's clock */
export function waitingOf(
  submittedAt: string,
  { remindAt, escalateAt }: Pick<ApplicationCheck, 'remindAt' | 'escalateAt'>,
  now: string,
): Waiting {
  const mark = now >= escalateAt ? 'escalated' : now >= remindAt ? 'reminded' : 'none';
  return { ...inLargestUnit(Math.floor((Date.parse(now) - Date.parse(submittedAt)) / 60_000)), mark };
}

/** Less than nothing, by clocks that differ, is nothing. */
export function inLargestUnit(minutes: number): Duration {
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return { unit: 'days', count: days };
  return hours > 0 ? { unit: 'hours', count: hours } : { unit: 'minutes', count: Math.max(0, minutes) };
}

/** Now, in the clock of the account that it is about. */
export function nowOf({ preview }: Pick<ApplicationCheck, 'preview'>): string {
  return preview?.asOf ?? new Date().toISOString();
}
