import type { AnswerOf, AskOf, getTimeline, Offset, requestNotice } from '@tenure/contracts';

export type Timeline = AnswerOf<typeof getTimeline>;
export type DueMoment = Timeline['due'][number];

export function isExpiry({ moment }: DueMoment): boolean {
  return moment.kind === 'expired';
}

/**
 * The notice of a moment that is due. A skipped one is recorded with its reason, so that no notice is silently missing.
 */
export function noticeOf(
  { moment, action, reason }: DueMoment,
  accountId: string,
  { organizationId }: Timeline,
): AskOf<typeof requestNotice> {
  const offset: Offset | null = moment.kind === 'expired' ? null : moment.kind;
  return {
    key: moment.key,
    kind: offset === null ? 'subscription_expired' : 'reminder',
    offset,
    organizationId,
    accountId,
    applicationId: null,
    termNumber: moment.termNumber,
    dueAt: moment.at,
    skip: action === 'skip' ? (reason ?? 'skipped') : null,
  };
}
