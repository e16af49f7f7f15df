import type { MomentView, NoticeKind, NoticeView, TimelineMomentView } from '@tenure/contracts';

/** Whom a notice is for: only the operator's own people are told that an application came, and that it waits for them. */
const isForMembers: Record<NoticeKind, boolean> = {
  application_submitted: true,
  application_approved: true,
  application_rejected: true,
  application_failed: true,
  application_withdrawn: true,
  application_lapsed: true,
  application_received: false,
  application_waiting: false,
  application_escalated: false,
  subscription_renewed: true,
  datapoints_changed: true,
  license_changed: true,
  reminder: true,
  subscription_expired: true,
  recipients_unreachable: false,
  email_domain_failed: true,
  email_domain_taken_over: true,
  organization_domain_failed: false,
};

/** A kind that only a later version knows may be for them alone as well. */
export function isForReviewersOnly(kind: string): boolean {
  return !Object.entries(isForMembers).some(([known, told]) => told && known === kind);
}

/**
 * Licensing's plan and notifications' record as one list, earliest first. A notice says what became of the moment with
 * its key; one without a moment (about an application, a renewal, a moment that was dropped later) stands for itself.
 * @param showInternal whether the reader is Customer Success
 */
export function mergeTimeline(
  moments: readonly MomentView[],
  notices: readonly NoticeView[],
  { showInternal }: { showInternal: boolean },
): TimelineMomentView[] {
  const unclaimed = new Map(notices.map((notice) => [notice.key, notice]));
  const planned = moments.map((moment) => {
    const notice = unclaimed.get(moment.key);
    unclaimed.delete(moment.key);
    return withNotice(moment, notice);
  });
  const others = [...unclaimed.values()]
    .filter(({ kind }) => showInternal || !isForReviewersOnly(kind))
    .map((notice) =>
      withNotice(
        {
          key: notice.key,
          termNumber: notice.termNumber,
          kind: notice.offset ?? notice.kind,
          at: notice.dueAt,
          status: 'planned',
          reason: null,
        },
        notice,
      ),
    );
  return [...planned, ...others].sort((a, b) => a.at.localeCompare(b.at) || a.key.localeCompare(b.key));
}

/** The plan alone, with what became of each of its moments by now: its key is the notice's. */
export function whatBecameOf(moments: readonly MomentView[], notices: readonly NoticeView[]): TimelineMomentView[] {
  const byKey = new Map(notices.map((notice) => [notice.key, notice]));
  return moments.map((moment) => withNotice(moment, byKey.get(moment.key)));
}

function withNotice(
  moment: Omit<MomentView, 'termNumber'> & { termNumber: number | null },
  notice: NoticeView | undefined,
): TimelineMomentView {
  const { key, kind, termNumber, at } = moment;
  const sent = (notice?.deliveries ?? []).flatMap(({ sentAt }) => (sentAt === null ? [] : [sentAt]));
  return {
    key,
    kind,
    termNumber,
    applicationId: notice?.applicationId ?? null,
    at,
    status: notice?.status ?? moment.status,
    reason: notice === undefined ? moment.reason : notice.reason,
    sentAt: sent.sort()[0] ?? null,
    deliveries: notice?.deliveries ?? [],
  };
}
