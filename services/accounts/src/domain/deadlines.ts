import { addDays, addWorkingDays, startOfDay } from '@tenure/lifecycle';

const HOUR_MS = 60 * 60 * 1000;

/** How long an application may wait (docs/rules.md: Application). */
export interface ReviewPolicy {
  /** Reviewers are reminded after this many working days. */
  remindAfterWorkingDays: number;
  /** Their lead is notified after this many working days. */
  escalateAfterWorkingDays: number;
  lapseAfterHours: number;
}

/**
 * When the reviewers are reminded and their lead is notified, in working days in Customer Success's own zone. Never
 * after the lapse, which a workflow processes last: if the lapse is configured to come earlier, it would have to wait
 * for them.
 */
export function reviewDeadlines(
  { submittedAt, lapsesAt }: { submittedAt: Date; lapsesAt: Date },
  reviewersTimeZone: string,
  policy: ReviewPolicy,
): { remindAt: Date; escalateAt: Date } {
  const after = (workingDays: number) => {
    const at = addWorkingDays(submittedAt, workingDays, reviewersTimeZone);
    return at < lapsesAt ? at : lapsesAt;
  };
  return { remindAt: after(policy.remindAfterWorkingDays), escalateAt: after(policy.escalateAfterWorkingDays) };
}

/** The latest submission time, to the millisecond, for which reviewers have been reminded by now. */
export function overdueSince(now: Date, reviewersTimeZone: string, policy: ReviewPolicy): Date {
  const isOverdue = (submittedAt: number) =>
    addWorkingDays(new Date(submittedAt), policy.remindAfterWorkingDays, reviewersTimeZone) <= now;
  let overdue = now.getTime() - (policy.remindAfterWorkingDays + 1) * 7 * 24 * HOUR_MS;
  let waiting = now.getTime() + 1;
  while (waiting - overdue > 1) {
    const between = Math.floor((overdue + waiting) / 2);
    if (isOverdue(between)) overdue = between;
    else waiting = between;
  }
  return new Date(overdue);
}

/**
 * When an undecided application lapses: a fixed number of hours after it was sent, but a renewal not before the end of
 * the days during which it keeps the account working (docs/rules.md: Application).
 * @param worksUntil for a renewal, until when the account works while it is pending; null for other applications, and
 * once the account has stopped
 */
export function lapsesAt(submittedAt: Date, worksUntil: Date | null, policy: ReviewPolicy): Date {
  const regular = hoursAfter(submittedAt, policy.lapseAfterHours);
  return worksUntil !== null && worksUntil > regular ? worksUntil : regular;
}

/**
 * An upper bound for how long a pending renewal keeps an account working, for use while licensing, which alone knows,
 * is unreachable: the lapse period of an application, counted from the expiry. A late lapse is better than an early
 * one.
 */
export function worksUntilAtMost(contract: { expiresOn: string; timeZone: string }, policy: ReviewPolicy): Date {
  return hoursAfter(startOfDay(addDays(contract.expiresOn, 1), contract.timeZone), policy.lapseAfterHours);
}

function hoursAfter(instant: Date, hours: number): Date {
  return new Date(instant.getTime() + hours * HOUR_MS);
}
