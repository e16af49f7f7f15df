import { canonicalOffset } from '@tenure/lifecycle';

/** How long before the last day a reminder comes, in whole months, weeks or days; zero days is the last day itself. */
export interface Before {
  count: number;
  unit: 'month' | 'week' | 'day';
}

/**
 * Parses an offset such as `P1M` or `P14D` into the unit that people use: seven days are a week. Null if it is not an
 * offset.
 */
export function beforeOf(offset: string): Before | null {
  const canonical = canonicalOffset(offset);
  if (canonical === null) return null;
  const count = Number.parseInt(canonical.slice(1), 10);
  if (canonical.endsWith('M')) return { count, unit: 'month' };
  return count > 0 && count % 7 === 0 ? { count: count / 7, unit: 'week' } : { count, unit: 'day' };
}

/** For a month, the shortest one: the reader does not care whether a one-month reminder is a day or two late. */
const daysAtLeast: Record<Before['unit'], number> = { month: 28, week: 7, day: 1 };

/** Whether the last day is still this far away: for a reminder that comes late (an outage, an import) it is not. */
export function isSoLongBefore(offset: string, daysLeft: number): boolean {
  const before = beforeOf(offset);
  return before !== null && daysLeft >= before.count * daysAtLeast[before.unit];
}
