import type { EntityManager } from '@mikro-orm/postgresql';
import { sendAlong } from '@tenure/platform';
import type { OpenDispatch } from './open-dispatch.js';

/** The outcome of an e-mail of a dispatch. */
export interface EmailEnd {
  reason: string | null;
  /** The provider's id of the e-mail, if it accepted it. */
  providerId: string | null;
}

/**
 * Ends a dispatch and its deliveries, with audit entries. A delivery on which the provider has reported meanwhile keeps
 * its state.
 * @param ends the outcomes of its e-mails, in their order
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
    accountId: notice.accountId,
    applicationId: notice.applicationId,
    ...ends[index]!,
    details: { noticeId: notice.noticeId, key: notice.key, email, dispatchId, attempts, ...present(ends[index]!) },
  }));
  await sendAlong(em, endDeliveriesOnRecord, [JSON.stringify(rows), status, status, `delivery.${status}`]);
}

const endDeliveriesOnRecord = `
  with ended as (
    select * from jsonb_to_recordset(?::jsonb)
      as r("deliveryId" uuid, "organizationId" uuid, "accountId" uuid, "applicationId" uuid, reason text, "providerId" text,
        details jsonb)),
  changed as (
    update notifications.deliveries d set
      status = case when d.status = 'planned' then ?::text else d.status end,
      reason = case when d.status = 'planned' then ended.reason else d.reason end,
      provider_id = coalesce(ended."providerId", d.provider_id),
      sent_at = case when ?::text = 'sent' then coalesce(d.sent_at, now()) else d.sent_at end
    from ended where d.delivery_id = ended."deliveryId"
    returning ended.*, old.status as before)
  insert into notifications.audit (audit_id, at, organization_id, account_id, application_id, action, subject, caller, details)
  select uuidv7(), now(), "organizationId", "accountId", "applicationId", ?, "deliveryId"::text, 'notifications', details
  from changed
  where before = 'planned'`;

function present(end: EmailEnd): Partial<EmailEnd> {
  return Object.fromEntries(Object.entries(end).filter(([, value]) => value !== null));
}

/** Stores the outcome of the last attempt with the deliveries that are still to be made. */
export async function keepReason(em: EntityManager, { dispatchId }: OpenDispatch, reason: string): Promise<void> {
  await sendAlong(
    em,
    `update notifications.deliveries d set reason = ? from notifications.dispatched_emails e
     where e.dispatch_id = ? and d.delivery_id = e.delivery_id and d.status = 'planned'`,
    [reason, dispatchId],
  );
}

/** Deletes a dispatch that was certainly not accepted: its e-mails will be rendered again. */
export async function dissolve(em: EntityManager, { dispatchId }: OpenDispatch): Promise<void> {
  await sendAlong(em, 'delete from notifications.dispatched_emails where dispatch_id = ?', [dispatchId]);
  await sendAlong(em, 'delete from notifications.dispatches where dispatch_id = ?', [dispatchId]);
}
