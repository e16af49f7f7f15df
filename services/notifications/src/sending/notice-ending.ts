import type { EntityManager } from '@mikro-orm/postgresql';
import { noticeFailed, noticeSent } from '@tenure/contracts';
import { recordEvent } from '@tenure/platform';
import { recordAudit } from '../database/audit.js';
import { Delivery } from '../database/delivery.entity.js';
import type { NoticeRow } from '../database/notice.entity.js';
import { endOf, isTaken, type NoticeEnd } from '../domain/notice-end.js';

/** Ends the notice when none of its deliveries is left to be made. */
export async function endIfSettled(em: EntityManager, notice: NoticeRow, now: Date): Promise<void> {
  const deliveries = await em.find(Delivery, { noticeId: notice.noticeId });
  const end = endOf(deliveries);
  if (end === null) return;
  await endNotice(em, notice, end, now, deliveries.filter(({ status }) => isTaken(status)).length);
}

/** Ends the notice, on record and with its event, in the transaction of the last delivery. */
export async function endNotice(
  em: EntityManager,
  notice: NoticeRow,
  end: NoticeEnd,
  now: Date,
  recipients = 0,
): Promise<void> {
  Object.assign(notice, { status: end.status, reason: end.reason, endedAt: now, claimId: null });
  const { noticeId, organizationId, key, kind, offset, termNumber, accountId, applicationId } = notice;
  recordAudit(em, {
    at: now,
    organizationId,
    action: `notice.${end.status}`,
    subject: noticeId,
    caller: 'notifications',
    details: { key, ...(end.reason !== null && { reason: end.reason }) },
  });
  const about = { organizationId, accountId, applicationId, version: 1 };
  const data = { noticeId, key, kind, offset, termNumber };
  if (end.status === 'sent') await recordEvent(em, noticeSent, { ...about, data: { ...data, recipients } });
  if (end.status === 'failed') await recordEvent(em, noticeFailed, { ...about, data: { ...data, reason: end.reason } });
}
