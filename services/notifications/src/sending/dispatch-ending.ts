import type { EntityManager } from '@mikro-orm/postgresql';
import { sendAlong } from '@tenure/platform';
import type { OpenDispatch } from './open-dispatch.js';

/** What became of an e-mail of a dispatch. */
export interface EmailEnd {
  reason: string | null;
  /** The provider's id of the e-mail, if it took it. */
  providerId: string | null;
}

/**
 * Ends a dispatch and its deliveries, on record. A delivery of which the provider has told more meanwhile keeps that.
 * @param ends of its e-mails, in their order
 */
export async function endDispatch(
  em: EntityManager,
  { dispatchId, attempts, emails }: OpenDispatch,
  status: 'sent' | 'failed' | 'unknown',
  ends: readonly EmailEnd[],
): Promise<void> {
  await sendAlong(em, `update notifications.dispatches set ended_at = now(), claim_id = null where dispatch_id = ?`, [
    dispatchId,
  ]);
  await sendAlong(em, 'update notifications.dispatched_emails set status = ? where dispatch_id = ?', [
    status,
    dispatchId,
  ]);
  const rows = emails.map(({ deliveryId, email, notice }, index) => ({
    deliveryId,
    organizationId: notice.organizationId,
    ...ends[index]!,
    details: { noticeId: notice.noticeId, key: notice.key, email, dispatchId, attempts, ...present(ends[index]!) },
  }));
  await sendAlong(em, endDeliveriesOnRecord, [JSON.stringify(rows), status, status, `delivery.${status}`]);
}

const endDeliveriesOnRecord = `
  with ended as (
    select * from jsonb_to_recordset(?::jsonb)
      as r("deliveryId" uuid, "organizationId" uuid, reason text, "providerId" text, details jsonb)),
  changed as (
    update notifications.deliveries d set
      status = case when d.status = 'planned' then ?::text else d.status end,
      reason = case when d.status = 'planned' then ended.reason else d.reason end,
      provider_id = coalesce(ended."providerId", d.provider_id),
      sent_at = case when ?::text = 'sent' then coalesce(d.sent_at, now()) else d.sent_at end
    from ended where d.delivery_id = ended."deliveryId"
    returning ended.*, old.status as before)
  insert into notifications.audit (audit_id, at, organization_id, action, subject, caller, details)
  select uuidv7(), now(), "organizationId", ?, "deliveryId"::text, 'notifications', details from changed
  where before = 'planned'`;

function present(end: EmailEnd): Partial<EmailEnd> {
  return Object.fromEntries(Object.entries(end).filter(([, value]) => value !== null));
}

/** What the last attempt came to, of deliveries that are still to be made. */
export async function keepReason(em: EntityManager, { dispatchId }: OpenDispatch, reason: string): Promise<void> {
  await sendAlong(
    em,
    `update notifications.deliveries d set reason = ? from notifications.dispatched_emails e
     where e.dispatch_id = ? and d.delivery_id = e.delivery_id and d.status = 'planned'`,
    [reason, dispatchId],
  );
}

/** Certainly not taken: its e-mails will be rendered anew. */
export async function dissolve(em: EntityManager, { dispatchId }: OpenDispatch): Promise<void> {
  await sendAlong(em, 'delete from notifications.dispatched_emails where dispatch_id = ?', [dispatchId]);
  await sendAlong(em, 'delete from notifications.dispatches where dispatch_id = ?', [dispatchId]);
}
