import type { EntityManager } from '@mikro-orm/postgresql';
import type { NoticeKind, recordDeliveryReport, RequestOf } from '@tenure/contracts';
import { queryRows } from '@tenure/platform';
import { uuidv7 } from 'uuidv7';
import type { Confirmation, Report } from '../domain/delivery-history.js';
import type { DeliveryStatus } from '../domain/notice-end.js';

type Reported = RequestOf<typeof recordDeliveryReport>;

/** A delivery that something was reported of, held with its notice until the transaction ends. */
export interface ReportedDelivery {
  deliveryId: string;
  email: string;
  status: DeliveryStatus;
  reason: string | null;
  /** An e-mail of it may have been taken, and nobody knows yet. */
  isOpen: boolean;
  notice: {
    noticeId: string;
    key: string;
    kind: NoticeKind;
    offset: string | null;
    organizationId: string;
    accountId: string | null;
    applicationId: string | null;
    termNumber: number | null;
    status: 'planned' | 'sent' | 'failed' | 'skipped';
    reason: string | null;
  };
}

/**
 * The delivery that the report is about: by its tag, or by the provider's id of the e-mail where there is none. The
 * notice is locked before the delivery, as the sender does it. Null when it is none of ours.
 */
export async function holdReported(em: EntityManager, report: Reported): Promise<ReportedDelivery | null> {
  const { deliveryId, providerId } = report;
  const [found] = await queryRows<{ deliveryId: string; noticeId: string }>(
    em,
    deliveryId === null
      ? `select delivery_id as "deliveryId", notice_id as "noticeId" from notifications.deliveries where provider_id = ?`
      : `select delivery_id as "deliveryId", notice_id as "noticeId" from notifications.deliveries where delivery_id = ?`,
    [deliveryId ?? providerId],
  );
  return found === undefined ? null : hold(em, found);
}

/** The delivery with this id; null when there is none. */
export async function holdDelivery(em: EntityManager, deliveryId: string): Promise<ReportedDelivery | null> {
  const [found] = await queryRows<{ deliveryId: string; noticeId: string }>(
    em,
    `select delivery_id as "deliveryId", notice_id as "noticeId" from notifications.deliveries where delivery_id = ?`,
    [deliveryId],
  );
  return found === undefined ? null : hold(em, found);
}

async function hold(
  em: EntityManager,
  { deliveryId, noticeId }: { deliveryId: string; noticeId: string },
): Promise<ReportedDelivery> {
  const [[notice], [delivery]] = await Promise.all([
    queryRows<ReportedDelivery['notice']>(
      em,
      `select notice_id as "noticeId", key, kind, "offset", organization_id as "organizationId",
         account_id as "accountId", application_id as "applicationId", term_number as "termNumber", status, reason
       from notifications.notices where notice_id = ? for update`,
      [noticeId],
    ),
    queryRows<Omit<ReportedDelivery, 'notice'>>(
      em,
      `select delivery_id as "deliveryId", email, status, reason, exists (select from notifications.dispatched_emails o
         where o.delivery_id = deliveries.delivery_id and o.status = 'open') as "isOpen"
       from notifications.deliveries where delivery_id = ? for update`,
      [deliveryId],
    ),
  ]);
  return { ...delivery!, notice: notice! };
}

/** Keeps the report. False when it was kept before. */
export async function keepReport(
  em: EntityManager,
  { deliveryId, notice }: ReportedDelivery,
  { reportId, kind, at, providerId, permanent, words }: Reported,
): Promise<boolean> {
  const kept = await queryRows(
    em,
    `insert into notifications.delivery_events (delivery_event_id, delivery_id, organization_id, kind, at, recorded_at,
       report_id, provider_id, permanent, words)
     values (?, ?, ?, ?, ?, now(), ?, ?, ?, ?) on conflict (report_id) do nothing returning report_id`,
    [uuidv7(), deliveryId, notice.organizationId, kind, at, reportId, providerId, permanent, words],
  );
  return kept.length > 0;
}

/** All that is known of a delivery. */
export async function reportsOf(em: EntityManager, deliveryId: string): Promise<(Report | Confirmation)[]> {
  const rows = await queryRows<(Omit<Report, 'at'> | Omit<Confirmation, 'at'>) & { at: string }>(
    em,
    `select kind, at, provider_id as "providerId", words from notifications.delivery_events
     where delivery_id = ? and kind <> 'sent_again'`,
    [deliveryId],
  );
  return rows.map(({ at, ...report }) => ({ ...report, at: new Date(at) }));
}
