import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent, sendAlong } from '@tenure/platform';
import { mayArrive, standingAfter, type Confirmation, type Report, type Standing } from '../domain/delivery-history.js';
import { endOf, needsFallback } from '../domain/notice-end.js';
import { retryInMinutes } from '../domain/retry.js';
import { endIfSettled } from '../sending/notice-ending.js';
import { deliveryEvents } from './delivery-events.js';
import type { ReportedDelivery, ReportedNotice } from './reported-delivery.js';

type Known = Report | Confirmation;

/** A delivery that comes to stand otherwise than it did. */
interface Changed {
  delivery: ReportedDelivery;
  standing: Standing;
  /** Grows with each report. */
  version: number;
  /** Until it is tried once more; null when it is not. */
  retryMinutes: number | null;
}

/**
 * Gives the deliveries the states that follow from what is known of them, and ends or corrects their notices.
 * @param reports all of them, by the deliveries' ids
 * @param caller who brought it about, for the record
 * @returns whether one of the notices may have reached nobody
 */
export async function judge(
  em: EntityManager,
  deliveries: readonly ReportedDelivery[],
  reports: ReadonlyMap<string, readonly Known[]>,
  caller: string,
): Promise<boolean> {
  const changed = deliveries.flatMap((delivery): Changed[] => {
    const known = reports.get(delivery.deliveryId) ?? [];
    const standing = standingAfter(known);
    if (standing === null || !isNews(delivery, standing, known)) return [];
    return [{ delivery, standing, version: known.length, retryMinutes: retryInMinutes(known, standing) }];
  });
  if (changed.length === 0) return false;
  await changeDeliveries(em, changed, caller);
  for (const one of changed) await tell(em, one);
  for (const { delivery, standing } of changed) {
    delivery.status = standing.status;
    delivery.reason = standing.reason;
  }
  const notices = [...new Set(changed.map(({ delivery }) => delivery.notice))];
  const isOfExtra = (notice: ReportedNotice) =>
    changed.every(({ delivery }) => delivery.notice !== notice || delivery.isExtra);
  const unreached = notices.filter((notice) => needsFallback(notice.deliveries) && !isOfExtra(notice));
  for (const { noticeId } of unreached)
    await sendAlong(em, 'update notifications.notices set reach_at = now() where notice_id = ?', [noticeId]);
  for (const notice of notices) await endAnew(em, notice);
  return unreached.length > 0;
}

/** It is about to be sent anew, or was, or is not to be sent: what became of an earlier e-mail matters only if that may arrive. */
function isNews(delivery: ReportedDelivery, standing: Standing, known: readonly Known[]): boolean {
  if (standing.status === delivery.status) return false;
  return mayArrive(standing.status) || !isOfEarlier(delivery, standing, known);
}

/**
 * Whether nothing is known yet of the e-mail that counts. The provider's id is that of the one before while another is
 * open, or has ended without anybody knowing.
 */
function isOfEarlier(
  { status, isOpen, providerId }: ReportedDelivery,
  standing: Standing,
  known: readonly Known[],
): boolean {
  if (status === 'skipped' || (status === 'planned' && !isOpen)) return true;
  if (providerId === null) return false;
  if (status === 'planned' || status === 'unknown') return standing.providerId === providerId;
  return status === 'sent' && !known.some((event) => event.kind !== 'confirmed' && event.providerId === providerId);
}

async function tell(em: EntityManager, { delivery, standing, version }: Changed): Promise<void> {
  const { deliveryId, notice } = delivery;
  const { noticeId, key, kind, offset, termNumber, accountId, applicationId, organizationId } = notice;
  const { status, reason } = standing;
  const at = standing.at.toISOString();
  await recordEvent(em, deliveryEvents[status], {
    ...{ organizationId, accountId, applicationId, version },
    data: { noticeId, key, kind, offset, termNumber, deliveryId, status, at, reason },
  });
}

async function endAnew(em: EntityManager, notice: ReportedNotice): Promise<void> {
  const end = endOf(notice.deliveries);
  if (end !== null && (end.status !== notice.status || end.reason !== notice.reason))
    await endIfSettled(em, notice, notice.deliveries);
}

async function changeDeliveries(em: EntityManager, changed: readonly Changed[], caller: string): Promise<void> {
  const rows = changed.map(
    ({ delivery: { deliveryId, email, notice }, standing: { status, reason, at, providerId }, retryMinutes }) => ({
      ...{ deliveryId, organizationId: notice.organizationId, status, reason, at, providerId, retryMinutes },
      details: {
        ...{ noticeId: notice.noticeId, key: notice.key, email },
        ...(providerId !== null && { providerId }),
        ...(reason !== null && { reason }),
      },
    }),
  );
  await sendAlong(em, changeOnRecord, [JSON.stringify(rows), caller]);
}

/** What was reported proves that the e-mail was taken: the sender ends a dispatch of which nobody knew by that. */
const changeOnRecord = `
  with changed as (
    select * from jsonb_to_recordset(?::jsonb) as r("deliveryId" uuid, "organizationId" uuid, status text, reason text,
      at timestamptz, "providerId" text, "retryMinutes" int, details jsonb)),
  delivery as (
    update notifications.deliveries d set status = changed.status, reason = changed.reason,
      retry_at = now() + make_interval(mins => changed."retryMinutes"), sent_at = coalesce(d.sent_at, changed.at),
      provider_id = coalesce(changed."providerId", d.provider_id)
    from changed where d.delivery_id = changed."deliveryId"),
  email as (
    update notifications.dispatched_emails e set status = 'sent'
    from changed where e.delivery_id = changed."deliveryId" and e.status = 'open')
  insert into notifications.audit (audit_id, at, organization_id, action, subject, caller, details)
  select uuidv7(), now(), "organizationId", 'delivery.' || status, "deliveryId"::text, ?, details from changed`;
