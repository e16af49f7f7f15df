import { addDays, atLocalTime, startOfDay, subtractDuration, type CalendarDate } from './calendar.js';
import type { ReminderPolicy } from './policy.js';
import { expiresOn, firstDay, type Term } from './term.js';

/** One entry of a term's timeline, as planned. Notifications knows whether it was sent. */
export type Moment = Reminder | Expiry;

export interface Reminder extends Planned {
  /** Its offset before `expiresOn`, such as 'P1M'. */
  kind: `P${string}`;
}

export interface Expiry extends Planned {
  kind: 'expired';
}

/** The kind is, with the term's number, the key of the moment's notice. */
interface Planned {
  termNumber: number;
  at: Date;
  status: 'planned' | 'not_applicable' | 'skipped';
  /** Why it is not planned; null if it is. */
  reason: 'on_or_before_first_day' | 'past_when_policy_applied' | 'renewed' | null;
}

/**
 * The term's reminders and its expiry, in chronological order (docs/rules.md: Term and dates). A reminder on or before
 * the term's first day is not applicable; one that was already past when the policy was applied is skipped.
 * @param plan.pastWhenApplied the result of `pastWhenApplied` if the policy replaced another in the course of the term;
 * left out if the term began with it. An import leaves it out too: `dueMoments` judges its overdue reminders.
 * @param plan.spreadSeconds delays each reminder of this account, so that not all are sent at once; ignored if it would
 * move a reminder into the next day.
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
  const expired: Expiry = {
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
): Reminder {
  const { term, timeZone, policy, pastWhenApplied, spreadSeconds = 0 } = plan;
  const on = subtractDuration(days.last, offset);
  const at = spread(on, atLocalTime(on, policy.localTime, timeZone), timeZone, spreadSeconds);
  const moment = { kind: offset as Reminder['kind'], termNumber: term.number, at };
  if (on <= days.first) return { ...moment, status: 'not_applicable', reason: 'on_or_before_first_day' };
  if (pastWhenApplied?.includes(offset)) return { ...moment, status: 'skipped', reason: 'past_when_policy_applied' };
  return { ...moment, status: 'planned', reason: null };
}

/**
 * The reminders of a new policy that are already past when it replaces another in the course of a term, and are never
 * sent: those due earlier, unless the replaced plan had them as well and they were due by it. Such reminders were sent,
 * or are late for another reason. Decided once and stored, so that a change of the spread or of a zone's rules does not
 * bring them back.
 * @param plan the plan as if the term had begun with the new policy
 * @returns offsets
 */
export function pastWhenApplied(replaced: readonly Moment[], plan: readonly Moment[], appliedAt: Date): string[] {
  const wereDue = new Set<string>(remindersIn(replaced).flatMap(({ kind, at }) => (at <= appliedAt ? [kind] : [])));
  return remindersIn(plan).flatMap(({ kind, at }) => (at < appliedAt && !wereDue.has(kind) ? [kind] : []));
}

/** The reminders that are planned. */
export function remindersIn(plan: readonly Moment[]): Reminder[] {
  return plan.flatMap((moment) => (moment.kind !== 'expired' && moment.status === 'planned' ? [moment] : []));
}

function spread(on: CalendarDate, at: Date, timeZone: string, seconds: number): Date {
  if (seconds === 0) return at;
  const later = new Date(at.getTime() + seconds * 1000);
  return later < startOfDay(addDays(on, 1), timeZone) ? later : at;
}
