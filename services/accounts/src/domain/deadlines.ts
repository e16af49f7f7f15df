import { addDays, addWorkingDays, startOfDay } from '@tenure/lifecycle';

const HOUR_MS = 60 * 60 * 1000;

/** How long an application may wait (docs/rules.md: Application). */
export interface ReviewPolicy {
  /** Reviewers are reminded after so many working days. */
  remindAfterWorkingDays: number;
  /** Their lead is told after so many working days. */
  escalateAfterWorkingDays: number;
  lapseAfterHours: number;
}

/**
 * When the reviewers are reminded and when their lead is told: working days in Customer Success's own zone. Not after the
 * lapse, which a workflow comes to last: where it is set to come before, it would wait for them.
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

/** Reviewers have been reminded by now of what was sent until then: the last millisecond for which that is so. */
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
 * When an application that nobody decides lapses: so many hours after it was sent; a renewal not before the end of the
 * days that it keeps the account working (docs/rules.md: Application).
 * @param worksUntil for a renewal, until when the account works while it is pending; null for others, and once it has
 *   stopped
 */
export function lapsesAt(submittedAt: Date, worksUntil: Date | null, policy: ReviewPolicy): Date {
  const regular = hoursAfter(submittedAt, policy.lapseAfterHours);
  return worksUntil !== null && worksUntil > regular ? worksUntil : regular;
}

/**
 * Until when a pending renewal is taken to keep an account working while licensing, which alone knows, is out of reach:
 * for as long as an application waits, from the expiry on. It would rather lapse late than too soon.
 */
export function worksUntilAtMost(contract: { expiresOn: string; timeZone: string }, policy: ReviewPolicy): Date {
  return hoursAfter(startOfDay(addDays(contract.expiresOn, 1), contract.timeZone), policy.lapseAfterHours);
}

function hoursAfter(instant: Date, hours: number): Date {
  return new Date(instant.getTime() + hours * HOUR_MS);
}
