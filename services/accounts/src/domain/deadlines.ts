import type { ApplicationType } from '@tenure/contracts';
import { addDays, addWorkingDays, startOfDay } from '@tenure/lifecycle';

const HOUR_MS = 60 * 60 * 1000;

/** How long an application may wait (2-domain: Application). */
export interface ReviewPolicy {
  /** Reviewers are reminded after so many working days. */
  remindAfterWorkingDays: number;
  /** Their lead is told after so many working days. */
  escalateAfterWorkingDays: number;
  lapseAfterHours: number;
  /** For how many local calendar days licensing keeps an account working while a renewal is pending. */
  renewalGraceDays: number;
}

/** When the reviewers are reminded and when their lead is told: working days in Customer Success's own zone. */
export function reviewDeadlines(
  submittedAt: Date,
  reviewersTimeZone: string,
  policy: ReviewPolicy,
): { remindAt: Date; escalateAt: Date } {
  return {
    remindAt: addWorkingDays(submittedAt, policy.remindAfterWorkingDays, reviewersTimeZone),
    escalateAt: addWorkingDays(submittedAt, policy.escalateAfterWorkingDays, reviewersTimeZone),
  };
}

/** Reviewers have been reminded by now of what was sent until then: the last millisecond for which that is so. */
export function overdueSince(now: Date, reviewersTimeZone: string, policy: ReviewPolicy): Date {
  const isOverdue = (submittedAt: number) =>
    reviewDeadlines(new Date(submittedAt), reviewersTimeZone, policy).remindAt <= now;
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
 * days that it keeps the account working (2-domain: Application).
 * @param contract what is known of the account that it is about; null for a new one
 */
export function lapsesAt(
  application: { type: ApplicationType; submittedAt: Date },
  contract: { expiresOn: string; timeZone: string } | null,
  policy: ReviewPolicy,
): Date {
  const regular = new Date(application.submittedAt.getTime() + policy.lapseAfterHours * HOUR_MS);
  if (application.type !== 'renew_subscription' || contract === null) return regular;
  const graceEnds = startOfDay(addDays(contract.expiresOn, 1 + policy.renewalGraceDays), contract.timeZone);
  return graceEnds > regular ? graceEnds : regular;
}
