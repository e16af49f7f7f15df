import type { ApplicationStatus, NoticeKind } from '@tenure/contracts';

/**
 * The kind under which licensing knows a notice's moment: for a reminder, its offset. An event such as an approval has
 * no moment of its own; for it the plan only provides figures.
 */
export function momentKind(notice: { kind: NoticeKind; offset: string | null }): string {
  if (notice.kind === 'reminder') return notice.offset ?? notice.kind;
  return notice.kind === 'subscription_expired' ? 'expired' : notice.kind;
}

/** What can make each kind of notice untrue before it is sent; nothing, if it is about an event. */
const untrueOnce: Readonly<Record<NoticeKind, 'not_pending' | 'not_planned' | null>> = {
  application_submitted: 'not_pending',
  application_approved: null,
  application_rejected: null,
  application_failed: null,
  application_withdrawn: null,
  application_lapsed: null,
  application_received: 'not_pending',
  application_waiting: 'not_pending',
  application_escalated: 'not_pending',
  subscription_renewed: null,
  datapoints_changed: null,
  license_changed: null,
  reminder: 'not_planned',
  subscription_expired: 'not_planned',
  recipients_unreachable: null,
  email_domain_failed: null,
  email_domain_taken_over: null,
  organization_domain_failed: null,
};

/**
 * Whether the notice is about a moment of the timeline, and so is sent only while the plan still contains the moment
 * (docs/rules.md: Term and dates).
 */
export function isPlannedMoment(kind: NoticeKind): boolean {
  return untrueOnce[kind] === 'not_planned';
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
  if (untrueOnce[kind] === 'not_pending')
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
