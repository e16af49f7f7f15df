import type { ApplicationStatus, NoticeKind } from '@tenure/contracts';
import { isForReviewers } from './audience.js';

/**
 * The kind under which licensing knows the moment of a notice: a reminder's is its offset. What happened once, such as
 * an approval, has no moment of its own; then the plan gives only figures.
 */
export function momentKind(notice: { kind: NoticeKind; offset: string | null }): string {
  if (notice.kind === 'reminder') return notice.offset ?? notice.kind;
  return notice.kind === 'subscription_expired' ? 'expired' : notice.kind;
}

/** A moment of the timeline: it is told only while the plan still has it (docs/rules.md: Term and dates). */
export function isPlannedMoment(kind: NoticeKind): boolean {
  return kind === 'reminder' || kind === 'subscription_expired';
}

/**
 * Why a notice must not be sent any more, asked shortly before it would be: the plan has changed, or nobody has to be
 * told that an application waits which is not pending. Null while it holds; what happened stays true.
 */
export function whyUntrue(
  kind: NoticeKind,
  facts: {
    applicationStatus: ApplicationStatus | null;
    plan: { current: boolean; reason: string | null } | null;
  },
): string | null {
  const { applicationStatus, plan } = facts;
  if (kind === 'recipients_unreachable') return null;
  if (isForReviewers(kind) || kind === 'application_submitted')
    return applicationStatus === null || applicationStatus === 'pending' ? null : 'not_pending';
  if (!isPlannedMoment(kind) || plan === null || plan.current) return null;
  return plan.reason ?? 'not_current';
}

/**
 * Why an e-mail must not be handed over once more that may have been taken already. That an application waits misleads
 * nobody for long when it does no more: better late than that nobody knows of it, and of all in the same request, whether
 * it was sent.
 */
export function whyNotRepeated(untrue: string | null): string | null {
  return untrue === 'not_pending' ? null : untrue;
}
