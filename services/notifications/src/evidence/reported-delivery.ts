import type { EntityManager } from '@mikro-orm/postgresql';
import type { recordDeliveryReport, RequestOf } from '@tenure/contracts';
import { idArray, queryRows } from '@tenure/platform';
import { uuidv7 } from 'uuidv7';
import type { Confirmation, Report } from '../domain/delivery-history.js';
import type { NoticeRow } from '../database/notice.entity.js';
import type { DeliveryStatus } from '../domain/notice-end.js';
import { noticeColumns, type ClaimedNotice } from '../sending/claimed-notice.js';

type Reported = RequestOf<typeof recordDeliveryReport>;

/** A notice with a new report, locked with all its deliveries until the transaction ends. */
export interface ReportedNotice extends ClaimedNotice, Pick<NoticeRow, 'status' | 'reason'> {
  deliveries: ReportedDelivery[];
}

export interface ReportedDelivery {
  deliveryId: string;
  email: string;
  isExtra: boolean;
  status: DeliveryStatus;
  reason: string | null;
  /** The id of the last e-mail that was sent. */
  providerId: string | null;
  /** The provider may have accepted an e-mail of it, and nobody knows yet. */
  isOpen: boolean;
  /** Its contents were removed: what is still reported about it is recorded, and nothing more is sent. */
  isEmptied: boolean;
  notice: ReportedNotice;
}

/**
 * Locks the deliveries that the reports are about, found by their tag or, without one, by the provider's id of the
 * e-mail; null where it is not ours. Locks the notices before their deliveries, as the sender does.
 */
export async function holdReported(
  em: EntityManager,
  reports: readonly Pick<Reported, 'deliveryId' | 'providerId'>[],
): Promise<(ReportedDelivery | null)[]> {
  const named = reports.flatMap(({ deliveryId }) => deliveryId ?? []);
  const unnamed = reports.filter(({ deliveryId }) => deliveryId === null).map(({ providerId }) => providerId);
  const deliveries = await hold(em, named, unnamed);
  const byId = new Map(deliveries.map((delivery) => [delivery.deliveryId, delivery]));
  const byProviderId = new Map(deliveries.map((delivery) => [delivery.providerId, delivery]));
  return reports.map(
    ({ deliveryId, providerId }) => (deliveryId === null ? byProviderId.get(providerId) : byId.get(deliveryId)) ?? null,
  );
}

/** Locks the delivery with this id; null when there is none. */
export async function holdDelivery(em: EntityManager, deliveryId: string): Promise<ReportedDelivery | null> {
  const deliveries = await hold(em, [deliveryId], []);
  return deliveries.find((delivery) => delivery.deliveryId === deliveryId) ?? null;
}

const reportedNotices = `select notice_id from notifications.deliveries
  where delivery_id = any(?::uuid[]) or provider_id = any(?::text[])`;

/** Locks these deliveries' notices with all their deliveries. */
async function hold(
  em: EntityManager,
  deliveryIds: readonly string[],
  providerIds: readonly string[],
): Promise<ReportedDelivery[]> {
  const which = [idArray(deliveryIds), em.getPlatform().marshallArray([...providerIds])];
  const [notices, rows] = await Promise.all([
    queryRows<Omit<ReportedNotice, 'deliveries'>>(
      em,
      `select ${noticeColumns}, n.status, n.reason
       from notifications.notices n where notice_id in (${reportedNotices}) order by notice_id for update`,
      which,
    ),
    queryRows<Omit<ReportedDelivery, 'notice'> & { noticeId: string }>(
      em,
      `select delivery_id as "deliveryId", notice_id as "noticeId", email, is_extra as "isExtra", status, reason, provider_id as "providerId",
         exists (select from notifications.dispatched_emails o
           where o.delivery_id = deliveries.delivery_id and o.status = 'open') as "isOpen",
         contents_removed_at is not null as "isEmptied"
       from notifications.deliveries where notice_id in (${reportedNotices}) order by delivery_id for update`,
      which,
    ),
  ]);
  const held = new Map(notices.map((notice) => [notice.noticeId, { ...notice, deliveries: [] } as ReportedNotice]));
  return rows.map(({ noticeId, ...row }) => {
    const notice = held.get(noticeId)!;
    const delivery = { ...row, notice };
    notice.deliveries.push(delivery);
    return delivery;
  });
}

/**
 * Stores the reports with their deliveries, without the provider's words if the contents were removed. @returns the ids of
 * those that were not stored before
 */
export async function keepReports(
  em: EntityManager,
  found: readonly { report: Reported; delivery: ReportedDelivery }[],
): Promise<Set<string>> {
  const rows = found.map(({ report, delivery }) => ({
    ...report,
    words: delivery.isEmptied ? null : report.words,
    eventId: uuidv7(),
    deliveryId: delivery.deliveryId,
    organizationId: delivery.notice.organizationId,
  }));
  const kept = await queryRows<{ reportId: string }>(
    em,
    `insert into notifications.delivery_events (delivery_event_id, delivery_id, organization_id, kind, at, recorded_at,
       report_id, provider_id, permanent, words)
     select "eventId", "deliveryId", "organizationId", kind, at, now(), "reportId", "providerId", permanent, words
     from jsonb_to_recordset(?::jsonb) as r("eventId" uuid, "deliveryId" uuid, "organizationId" uuid, kind text,
       at timestamptz, "reportId" text, "providerId" text, permanent boolean, words text)
     on conflict (report_id) do nothing returning report_id as "reportId"`,
    [JSON.stringify(rows)],
  );
  return new Set(kept.map(({ reportId }) => reportId));
}

/** Everything known about the deliveries, by their ids, in the order in which it became known. */
export async function reportsOf(
  em: EntityManager,
  deliveryIds: readonly string[],
): Promise<Map<string, (Report | Confirmation)[]>> {
  type Row = (Omit<Report, 'at'> | Omit<Confirmation, 'at'>) & { deliveryId: string; at: string };
  const rows = await queryRows<Row>(
    em,
    `select delivery_id as "deliveryId", kind, at, provider_id as "providerId", words, permanent
     from notifications.delivery_events where delivery_id = any(?::uuid[]) and kind not in ('sent_again', 'retried')
     order by delivery_event_id`,
    [idArray(deliveryIds)],
  );
  const reports = rows.map(({ at, ...report }) => ({ ...report, at: new Date(at) }));
  return Map.groupBy(reports, ({ deliveryId }) => deliveryId);
}
