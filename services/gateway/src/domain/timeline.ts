import type { MomentView, NoticeView, TimelineMomentView } from '@tenure/contracts';

/**
 * Merges licensing's plan and notifications' record, earliest first. A notice has the outcome of the moment with its
 * key; a notice without a moment (about an application, a renewal, a moment that was dropped later) gets an entry of
 * its own.
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

/** The plan alone, with the outcome so far of each moment, from the notice with the same key. */
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
    at: dueAt(at, notice),
    status: notice?.status ?? moment.status,
    reason: notice === undefined ? moment.reason : notice.reason,
    sentAt: sent.sort()[0] ?? null,
    deliveries: notice?.deliveries ?? [],
  };
}

/** A reminder keeps the time at which it was due, although a later policy has another. */
function dueAt(plannedAt: string, notice: NoticeView | undefined): string {
  return notice?.kind === 'reminder' ? notice.dueAt : plannedAt;
}
