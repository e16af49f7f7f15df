import type { ApplicationStatus, NoticeKind } from '@tenure/contracts';
import { isForReviewers } from './audience.js';

/**
 * The kind under which licensing knows a notice's moment: for a reminder, its offset. An event such as an approval has
 * no moment of its own; for it the plan only provides figures.
 */
export function momentKind(notice: { kind: NoticeKind; offset: string | null }): string {
  if (notice.kind === 'reminder') return notice.offset ?? notice.kind;
  return notice.kind === 'subscription_expired' ? 'expired' : notice.kind;
}

/**
 * Whether the notice is about a moment of the timeline, and so is sent only while the plan still contains the moment
 * (docs/rules.md: Term and dates).
 */
export function isPlannedMoment(kind: NoticeKind): boolean {
  return kind === 'reminder' || kind === 'subscription_expired';
}

/**
 * Why a notice must not be sent anymore, checked shortly before it is sent: the plan has changed, or the application
 * that it says is waiting is no longer pending. Null while it holds; an event stays true.
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
 * Why an e-mail that the provider may already have accepted must not be repeated. An outdated notice that an
 * application is waiting misleads nobody for long: better to send it than to lose track of whether it, and every other
 * e-mail in the same request, was sent.
 */
export function whyNotRepeated(untrue: string | null): string | null {
  return untrue === 'not_pending' ? null : untrue;
}
