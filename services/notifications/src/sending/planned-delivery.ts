import type { EntityManager } from '@mikro-orm/postgresql';
import { queryRows } from '@tenure/platform';
import { uuidv7 } from 'uuidv7';
import type { DispatchRow } from '../database/dispatch.entity.js';
import type { NoticeRow } from '../database/notice.entity.js';
import type { DeliveryStatus } from '../domain/notice-end.js';
import type { Recipient } from '../domain/recipients.js';

/** A delivery that is still to be made, with the dispatch of it that may have been taken. */
export interface PlannedDelivery extends Pick<Recipient, 'email' | 'name' | 'language'> {
  deliveryId: string;
  /** What the last attempt came to. */
  reason: string | null;
  open: OpenDispatch | null;
}

/** An e-mail as it is handed over, to the letter. */
export type OpenDispatch = Pick<DispatchRow, 'dispatchId' | 'deliveryId' | 'request' | 'attempts' | 'firstAttemptAt'>;

/** Stores one delivery for each recipient; an address that has one already gets no other. Gives those that are new. */
export async function addDeliveries(
  em: EntityManager,
  { noticeId, organizationId }: Pick<NoticeRow, 'noticeId' | 'organizationId'>,
  recipients: readonly Recipient[],
): Promise<PlannedDelivery[]> {
  if (recipients.length === 0) return [];
  const rows = recipients.map((recipient) => ({ deliveryId: uuidv7(), ...recipient }));
  const added = await queryRows<{ deliveryId: string }>(
    em,
    `insert into notifications.deliveries
       (delivery_id, notice_id, organization_id, member_id, email, name, language, status)
     select "deliveryId", ?, ?, "memberId", email, name, language, 'planned'
     from jsonb_to_recordset(?::jsonb) as r("deliveryId" uuid, "memberId" uuid, email text, name text, language text)
     on conflict (notice_id, email) do nothing returning delivery_id as "deliveryId"`,
    [noticeId, organizationId, JSON.stringify(rows)],
  );
  const isNew = new Set(added.map(({ deliveryId }) => deliveryId));
  return rows
    .filter(({ deliveryId }) => isNew.has(deliveryId))
    .map(({ deliveryId, email, name, language }) => ({ deliveryId, email, name, language, reason: null, open: null }));
}

/** All deliveries of a notice as one JSON list, in the order in which they were fixed; null when there is none. */
export function storedDeliveries(noticeId: string): string {
  return `
    select jsonb_agg(jsonb_build_object('deliveryId', d.delivery_id, 'email', d.email, 'name', d.name,
        'language', d.language, 'status', d.status, 'reason', d.reason, 'open',
        (select jsonb_build_object('dispatchId', o.dispatch_id, 'deliveryId', o.delivery_id, 'request', o.request,
           'attempts', o.attempts, 'firstAttemptAt', o.first_attempt_at)
         from notifications.dispatches o where o.delivery_id = d.delivery_id and o.status = 'open'))
      order by d.delivery_id)
    from notifications.deliveries d where d.notice_id = ${noticeId}`;
}

/** A delivery as `storedDeliveries` gives it. */
export type StoredDelivery = Omit<PlannedDelivery, 'open'> & {
  status: DeliveryStatus;
  open: (Omit<OpenDispatch, 'firstAttemptAt'> & { firstAttemptAt: string }) | null;
};

/** Those that are still to be made. */
export function plannedOf(deliveries: readonly StoredDelivery[]): PlannedDelivery[] {
  return deliveries
    .filter(({ status }) => status === 'planned')
    .map(({ deliveryId, email, name, language, reason, open }) => ({
      deliveryId,
      email,
      name,
      language,
      reason,
      open: open && { ...open, firstAttemptAt: new Date(open.firstAttemptAt) },
    }));
}

/** The deliveries of a notice that are still to be made. */
export async function plannedDeliveries(
  em: EntityManager,
  { noticeId }: Pick<NoticeRow, 'noticeId'>,
): Promise<PlannedDelivery[]> {
  const [row] = await queryRows<{ deliveries: StoredDelivery[] | null }>(
    em,
    `select (${storedDeliveries('?')}) as deliveries`,
    [noticeId],
  );
  return plannedOf(row?.deliveries ?? []);
}
