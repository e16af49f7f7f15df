import type { AnswerOf, AskOf, inspectApplication, NoticeKind, requestNotice } from '@tenure/contracts';
import { isDue, now } from './time.js';

export type Application = AnswerOf<typeof inspectApplication>;
type Notice = AskOf<typeof requestNotice>;

/** What the applicant and the reviewers are told first; a skipped one is recorded with its reason. */
export function submissionNotices(application: Application): Notice[] {
  const { status, submittedAt, remindAt } = application;
  const skip = status !== 'pending' ? 'not_pending' : isDue(remindAt) ? 'superseded' : null;
  const kinds = ['application_submitted', 'application_received'] as const;
  return kinds.map((kind) => noticeOf(application, kind, submittedAt, skip));
}

/** How the application ended. */
export function closingNotice(application: Application): Notice {
  return noticeOf(application, outcomeOf(application), endedAt(application), null);
}

function outcomeOf({ type, status }: Application): NoticeKind {
  if (status !== 'fulfilled') return `application_${status as 'failed' | 'rejected' | 'withdrawn' | 'lapsed'}`;
  if (type === 'new_account') return 'application_approved';
  if (type === 'renew_subscription') return 'subscription_renewed';
  return type === 'change_datapoints' ? 'datapoints_changed' : 'license_changed';
}

/** In the account's clock. A workflow that a decision has just started may not have been moved to that clock yet. */
function endedAt({ submittedAt, provision }: Application): string {
  return [now(), submittedAt, provision?.decidedAt ?? submittedAt].toSorted().at(-1)!;
}

export function noticeOf(application: Application, kind: NoticeKind, dueAt: string, skip: string | null): Notice {
  const { applicationId, organizationId, accountId, type, status } = application;
  // A new account is visible to others once the application is fulfilled.
  const hasAccount = type !== 'new_account' || status === 'fulfilled';
  return {
    key: `${applicationId}/${kind}`,
    kind,
    offset: null,
    organizationId,
    accountId: hasAccount ? accountId : null,
    applicationId,
    termNumber: null,
    dueAt,
    skip,
  };
}
