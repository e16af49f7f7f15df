import { addDays, atLocalTime, startOfDay, subtractDuration, type CalendarDate } from './calendar.js';
import type { ReminderPolicy } from './policy.js';
import { expiresOn, firstDay, type Term } from './term.js';

/** One point of a term's timeline, as planned. Whether it was sent is for notifications to say. */
export interface Moment {
  /** A reminder's offset before `expiresOn` ('P1M'), or 'expired'. With the term's number, the key of its notice. */
  kind: string;
  termNumber: number;
  at: Date;
  status: 'planned' | 'not_applicable' | 'skipped';
  /** Why it is not planned: 'on_or_before_first_day' or 'past_when_policy_applied'; null when it is. */
  reason: string | null;
}

/**
 * The term's reminders and its expiry, in the order in which they come (docs/rules.md: Term and dates). A reminder that
 * would fall on or before the term's first day is not applicable; one already past when the policy was applied is
 * skipped.
 * @param plan.pastWhenApplied the offsets of which `pastWhenApplied` said so when the policy replaced another in the
 *   course of the term; left out when the term began with it. An import leaves it out too: its overdue reminders are for
 *   `dueMoments` to judge.
 * @param plan.spreadSeconds moves each reminder of this account later, so that not all are sent at once; on the day's
 *   last minutes, where it would lead into the next day, it does nothing.
 * @throws RangeError for an offset that is not an ISO 8601 duration in years, months, weeks and days
 */
export function planTimeline(plan: {
  term: Term;
  timeZone: string;
  policy: ReminderPolicy;
  pastWhenApplied?: readonly string[] | undefined;
  validUntil: Date;
  spreadSeconds?: number | undefined;
}): Moment[] {
  const days = { first: firstDay(plan.term), last: expiresOn(plan.term) };
  const reminders = plan.policy.offsets.map((offset) => reminder(plan, offset, days));
  const expired: Moment = {
    kind: 'expired',
    termNumber: plan.term.number,
    at: plan.validUntil,
    status: 'planned',
    reason: null,
  };
  return [...reminders, expired].sort((a, b) => a.at.getTime() - b.at.getTime());
}

function reminder(
  plan: Parameters<typeof planTimeline>[0],
  offset: string,
  days: { first: CalendarDate; last: CalendarDate },
): Moment {
  const { term, timeZone, policy, pastWhenApplied, spreadSeconds = 0 } = plan;
  const on = subtractDuration(days.last, offset);
  const at = spread(on, atLocalTime(on, policy.localTime, timeZone), timeZone, spreadSeconds);
  const moment = { kind: offset, termNumber: term.number, at };
  if (on <= days.first) return { ...moment, status: 'not_applicable', reason: 'on_or_before_first_day' };
  if (pastWhenApplied?.includes(offset)) return { ...moment, status: 'skipped', reason: 'past_when_policy_applied' };
  return { ...moment, status: 'planned', reason: null };
}

/**
 * Which reminders of a new policy are past when it replaces another in the course of a term, and are never sent: those
 * that would have come before, unless the replaced plan had them as well and they were due by it. Those were sent, or
 * are late for a reason of their own. Decided once and kept, so that what has been left out stays so when the spread or
 * a zone's rules change.
 * @param plan as it would be if the term had begun with the new policy
 * @returns offsets
 */
export function pastWhenApplied(replaced: readonly Moment[], plan: readonly Moment[], appliedAt: Date): string[] {
  const wereDue = new Set(remindersIn(replaced).flatMap(({ kind, at }) => (at <= appliedAt ? [kind] : [])));
  return remindersIn(plan).flatMap(({ kind, at }) => (at < appliedAt && !wereDue.has(kind) ? [kind] : []));
}

function remindersIn(plan: readonly Moment[]): Moment[] {
  return plan.filter(({ kind, status }) => kind !== 'expired' && status === 'planned');
}

function spread(on: CalendarDate, at: Date, timeZone: string, seconds: number): Date {
  if (seconds === 0) return at;
  const later = new Date(at.getTime() + seconds * 1000);
  return later < startOfDay(addDays(on, 1), timeZone) ? later : at;
}
