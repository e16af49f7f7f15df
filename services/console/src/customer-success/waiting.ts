import type { ApplicationCheck } from '@tenure/contracts';

/** How long an application waits, in the largest unit of which it is one or more; how late that is. */
export interface Waiting {
  unit: 'days' | 'hours' | 'minutes';
  count: number;
  mark: 'none' | 'reminded' | 'escalated';
}

/** @param now in the account's clock */
export function waitingOf(
  submittedAt: string,
  { remindAt, escalateAt }: Pick<ApplicationCheck, 'remindAt' | 'escalateAt'>,
  now: string,
): Waiting {
  const minutes = Math.max(0, Math.floor((Date.parse(now) - Date.parse(submittedAt)) / 60_000));
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  const mark = now >= escalateAt ? 'escalated' : now >= remindAt ? 'reminded' : 'none';
  if (days > 0) return { unit: 'days', count: days, mark };
  return hours > 0 ? { unit: 'hours', count: hours, mark } : { unit: 'minutes', count: minutes, mark };
}

/** Now, in the clock of the account that it is about. */
export function nowOf({ preview }: Pick<ApplicationCheck, 'preview'>): string {
  return preview?.asOf ?? new Date().toISOString();
}
