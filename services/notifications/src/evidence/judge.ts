import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent, sendAlong } from '@tenure/platform';
import { changeOnRecord } from '../database/audit.js';
import { mayArrive, standingAfter, type Standing } from '../domain/delivery-history.js';
import { endOf, needsFallback } from '../domain/notice-end.js';
import { deliveryStates, endIfSettled } from '../sending/notice-ending.js';
import { deliveryEvents } from './delivery-events.js';
import { reportsOf, type ReportedDelivery } from './reported-delivery.js';

/**
 * Gives the delivery the state that follows from what is known of it, and ends or corrects its notice.
 * @param caller who brought it about, for the record
 */
export async function judge(em: EntityManager, delivery: ReportedDelivery, caller: string): Promise<void> {
  const reports = await reportsOf(em, delivery.deliveryId);
  const standing = standingAfter(reports);
  if (standing === null || standing.status === delivery.status) return;
  // It is about to be sent anew, or is not to be sent: what became of an earlier e-mail matters only if that may arrive.
  const isWithoutEmail = delivery.status === 'skipped' || (delivery.status === 'planned' && !delivery.isOpen);
  if (isWithoutEmail && !mayArrive(standing.status)) return;
  await changeDelivery(em, delivery, standing, caller);
  const { notice } = delivery;
  const { accountId, applicationId, organizationId } = notice;
  const { noticeId, key, kind, offset, termNumber } = notice;
  await recordEvent(em, deliveryEvents[standing.status], {
    organizationId,
    accountId,
    applicationId,
    version: reports.length,
    data: {
      noticeId,
      key,
      kind,
      offset,
      termNumber,
      deliveryId: delivery.deliveryId,
      status: standing.status,
      at: standing.at.toISOString(),
      reason: standing.reason,
    },
  });
  const deliveries = await deliveryStates(em, notice);
  if (needsFallback(deliveries))
    await sendAlong(em, 'update notifications.notices set reach_at = now() where notice_id = ?', [notice.noticeId]);
  const end = endOf(deliveries);
  if (end !== null && (end.status !== notice.status || end.reason !== notice.reason))
    await endIfSettled(em, notice, deliveries);
}

/** What was reported proves that the e-mail was taken: the sender ends a dispatch of which nobody knew by that. */
async function changeDelivery(
  em: EntityManager,
  { deliveryId, email, notice }: ReportedDelivery,
  { status, reason, at, providerId }: Standing,
  caller: string,
): Promise<void> {
  await changeOnRecord(
    em,
    [
      [
        `update notifications.deliveries set status = ?, reason = ?, sent_at = coalesce(sent_at, ?),
           provider_id = coalesce(?, provider_id) where delivery_id = ?`,
        status,
        reason,
        at,
        providerId,
        deliveryId,
      ],
      [
        `update notifications.dispatched_emails set status = 'sent' where delivery_id = ? and status = 'open'`,
        deliveryId,
      ],
    ],
    {
      organizationId: notice.organizationId,
      action: `delivery.${status}`,
      subject: deliveryId,
      caller,
      details: {
        noticeId: notice.noticeId,
        key: notice.key,
        email,
        ...(providerId !== null && { providerId }),
        ...(reason !== null && { reason }),
      },
    },
  );
}
