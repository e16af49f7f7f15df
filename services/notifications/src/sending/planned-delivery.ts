import type { EntityManager } from '@mikro-orm/postgresql';
import { sendAlong } from '@tenure/platform';
import { uuidv7 } from 'uuidv7';
import type { NoticeRow } from '../database/notice.entity.js';
import type { addressMarked, addressRemoved, DeliveryStatus, noLongerTold } from '../domain/notice-end.js';
import type { Recipient } from '../domain/recipients.js';

/** A delivery that is still to be made. */
export interface PlannedDelivery extends Pick<Recipient, 'memberId' | 'email' | 'name' | 'language' | 'isExtra'> {
  deliveryId: string;
}

/** A delivery that will not be made. */
export interface LeftOut extends Pick<PlannedDelivery, 'deliveryId'> {
  reason: typeof addressMarked | typeof addressRemoved | typeof noLongerTold;
}

/** A delivery that is not stored yet. */
export interface NewDelivery extends PlannedDelivery, Pick<NoticeRow, 'noticeId' | 'organizationId'> {
  /** It is recorded only: nothing is sent to this address. */
  isMarked?: boolean;
}

export function newDelivery(
  { noticeId, organizationId }: Pick<NoticeRow, 'noticeId' | 'organizationId'>,
  recipient: Recipient,
): NewDelivery {
  return { deliveryId: uuidv7(), noticeId, organizationId, ...recipient };
}

/** Stores the deliveries, except for an address that already has one of the notice. */
export async function addDeliveries(em: EntityManager, deliveries: readonly NewDelivery[]): Promise<void> {
  if (deliveries.length === 0) return;
  await sendAlong(
    em,
    `insert into notifications.deliveries
       (delivery_id, notice_id, organization_id, member_id, email, name, language, is_extra, status, reason)
     select "deliveryId", "noticeId", "organizationId", "memberId", email, name, language, "isExtra",
       case when "isMarked" then 'skipped' else 'planned' end, case when "isMarked" then 'address_marked' end
     from jsonb_to_recordset(?::jsonb) as r("deliveryId" uuid, "noticeId" uuid, "organizationId" uuid, "memberId" uuid,
       email text, name text, language text, "isExtra" boolean, "isMarked" boolean)
     on conflict (notice_id, email) do nothing`,
    [JSON.stringify(deliveries)],
  );
}

/** All deliveries of a notice `n` as one JSON list, in the order in which they were fixed; null when there is none. */
export const storedDeliveries = `
  select jsonb_agg(jsonb_build_object('deliveryId', d.delivery_id, 'memberId', d.member_id, 'email', d.email, 'name', d.name,
      'language', d.language, 'isExtra', d.is_extra, 'status', d.status)
    order by d.delivery_id)
  from notifications.deliveries d where d.notice_id = n.notice_id`;

/** A delivery as `storedDeliveries` returns it. */
export type StoredDelivery = PlannedDelivery & { status: DeliveryStatus };

/** The deliveries still to be made. */
export function plannedOf(deliveries: readonly StoredDelivery[]): PlannedDelivery[] {
  return deliveries.filter(({ status }) => status === 'planned');
}
