import { noticeKinds } from '@tenure/contracts';
import type { NoticeRow } from '../database/notice.entity.js';

/** What a notice is about, which never changes. */
export type ClaimedNotice = Pick<
  NoticeRow,
  'noticeId' | 'key' | 'kind' | 'offset' | 'organizationId' | 'accountId' | 'applicationId' | 'termNumber'
>;

export function isKnownKind({ kind }: Pick<ClaimedNotice, 'kind'>): boolean {
  return noticeKinds.includes(kind);
}

/** A notice `n` as a `ClaimedNotice`. */
export const aboutNotice = `jsonb_build_object('noticeId', n.notice_id, 'key', n.key, 'kind', n.kind, 'offset', n."offset",
  'organizationId', n.organization_id, 'accountId', n.account_id, 'applicationId', n.application_id,
  'termNumber', n.term_number)`;

/** The columns of a notice `n` as those of a `ClaimedNotice`. */
export const noticeColumns = `n.notice_id as "noticeId", n.key, n.kind, n."offset", n.organization_id as "organizationId",
  n.account_id as "accountId", n.application_id as "applicationId", n.term_number as "termNumber"`;
