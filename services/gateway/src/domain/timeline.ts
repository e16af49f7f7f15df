import type { MomentView, NoticeView, TimelineMomentView } from '@tenure/contracts';

/**
 * Licensing's plan and notifications' record as one list, earliest first. A notice says what became of the moment with
 * its key; one without a moment (about an application, a renewal, a moment that was dropped later) stands for itself.
 */
export function mergeTimeline(moments: readonly MomentView[], notices: readonly NoticeView[]): TimelineMomentView[] {
  const unclaimed = new Map(notices.map((notice) => [notice.key, notice]));
  const planned = moments.map((moment) => {
    const notice = unclaimed.get(moment.key);
    unclaimed.delete(moment.key);
    return withNotice(moment, notice);
  });
  const others = [...unclaimed.values()].map((notice) =>
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
