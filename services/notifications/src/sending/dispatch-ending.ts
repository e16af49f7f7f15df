import type { EntityManager } from '@mikro-orm/postgresql';
import { sendAlong } from '@tenure/platform';
import { changeOnRecord } from '../database/audit.js';
import type { ClaimedNotice } from './claim.js';
import type { OpenDispatch, PlannedDelivery } from './planned-delivery.js';

/**
 * Ends a dispatch and its delivery, on record. What the provider has reported of it meanwhile stays.
 * @param providerId the provider's id of the e-mail, if it took it
 */
export async function endDispatch(
  em: EntityManager,
  about: { notice: ClaimedNotice; delivery: PlannedDelivery; dispatch: OpenDispatch },
  status: 'sent' | 'failed' | 'unknown',
  reason: string | null,
  providerId: string | null = null,
): Promise<void> {
  const { notice, delivery, dispatch } = about;
  const { dispatchId, attempts } = dispatch;
  await changeOnRecord(
    em,
    [
      [
        `update notifications.dispatches set status = ?, ended_at = now() where dispatch_id = ? and status = 'open'`,
        status,
        dispatchId,
      ],
      [
        `update notifications.deliveries set status = ?, reason = ?, provider_id = ?,
           sent_at = case when ?::text is null then null else now() end
         where delivery_id = ? and status = 'planned'`,
        status,
        reason,
        providerId,
        providerId,
        delivery.deliveryId,
      ],
    ],
    {
      organizationId: notice.organizationId,
      action: `delivery.${status}`,
      subject: delivery.deliveryId,
      caller: 'notifications',
      details: {
        noticeId: notice.noticeId,
        key: notice.key,
        email: delivery.email,
        dispatchId,
        attempts,
        ...(reason !== null && { reason }),
        ...(providerId !== null && { providerId }),
      },
    },
  );
}

/** Ends a delivery of which nothing was handed over. */
export async function endDelivery(
  em: EntityManager,
  { deliveryId }: PlannedDelivery,
  status: 'skipped' | 'failed',
  reason: string,
): Promise<void> {
  const sql = 'update notifications.deliveries set status = ?, reason = ? where delivery_id = ?';
  await sendAlong(em, sql, [status, reason, deliveryId]);
}

/** What the last attempt came to, of a delivery that is still to be made. */
export async function keepReason(em: EntityManager, { deliveryId }: PlannedDelivery, reason: string): Promise<void> {
  await sendAlong(em, 'update notifications.deliveries set reason = ? where delivery_id = ?', [reason, deliveryId]);
}

/** Certainly not taken: the e-mail will be rendered anew. */
export async function dissolve(em: EntityManager, { dispatchId }: OpenDispatch): Promise<void> {
  await sendAlong(em, 'delete from notifications.dispatches where dispatch_id = ?', [dispatchId]);
}
