import type { EntityManager } from '@mikro-orm/postgresql';
import { noticeFailed, noticeSent } from '@tenure/contracts';
import { queryRows, recordEvent } from '@tenure/platform';
import { changeOnRecord } from '../database/audit.js';
import { endOf, isTaken, type DeliveryState, type NoticeEnd } from '../domain/notice-end.js';
import type { ClaimedNotice } from './claim.js';

/** How the deliveries of a notice stand. */
export async function deliveryStates(
  em: EntityManager,
  { noticeId }: ClaimedNotice,
): Promise<(DeliveryState & { email: string })[]> {
  return queryRows(em, 'select email, status, reason from notifications.deliveries where notice_id = ?', [noticeId]);
}

/** Ends the notice when none of its deliveries is left to be made. Says whether it did. */
export async function endIfSettled(
  em: EntityManager,
  notice: ClaimedNotice,
  deliveries: readonly DeliveryState[],
): Promise<boolean> {
  const end = endOf(deliveries);
  if (end === null) return false;
  await endNotice(em, notice, end, deliveries.filter(({ status }) => isTaken(status)).length);
  return true;
}

/** Ends the notice, on record and with its event, in the transaction of the last delivery. */
export async function endNotice(
  em: EntityManager,
  notice: ClaimedNotice,
  { status, reason }: NoticeEnd,
  recipients = 0,
): Promise<void> {
  const { noticeId, organizationId, key, kind, offset, termNumber, accountId, applicationId } = notice;
  await changeOnRecord(
    em,
    [
      [
        'update notifications.notices set status = ?, reason = ?, ended_at = now(), claim_id = null where notice_id = ?',
        status,
        reason,
        noticeId,
      ],
    ],
    {
      organizationId,
      action: `notice.${status}`,
      subject: noticeId,
      caller: 'notifications',
      details: { key, ...(reason !== null && { reason }) },
    },
  );
  const about = { organizationId, accountId, applicationId, version: 1 };
  const data = { noticeId, key, kind, offset, termNumber };
  if (status === 'sent') await recordEvent(em, noticeSent, { ...about, data: { ...data, recipients } });
  if (status === 'failed') await recordEvent(em, noticeFailed, { ...about, data: { ...data, reason } });
}
