import type { EntityManager } from '@mikro-orm/postgresql';
import { recordEvent, sendAlong } from '@tenure/platform';
import { mayArrive, standingAfter, type Confirmation, type Report, type Standing } from '../domain/delivery-history.js';
import { endOf, needsFallback } from '../domain/notice-end.js';
import { retryInMinutes } from '../domain/retry.js';
import { endIfSettled } from '../sending/notice-ending.js';
import { deliveryEvents } from './delivery-events.js';
import type { ReportedDelivery, ReportedNotice } from './reported-delivery.js';

type Known = Report | Confirmation;

/** A delivery whose state changes. */
interface Changed {
  delivery: ReportedDelivery;
  standing: Standing;
  /** Grows with each report. */
  version: number;
  /** Minutes until its retry; null when there is none. */
  retryMinutes: number | null;
}

/**
 * Sets the deliveries to the states that follow from all that is known about them, and ends or corrects their notices.
 * @param reports everything known, by delivery id
 * @param caller who caused the change, for the audit trail
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
    return [
      {
        delivery,
        standing,
        version: known.length,
        retryMinutes: delivery.isEmptied ? null : retryInMinutes(known, standing),
      },
    ];
  });
  if (changed.length === 0) return false;
  await changeDeliveries(em, changed, caller);
  for (const one of changed) await publish(em, one);
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
  for (const notice of notices) await correctEnd(em, notice);
  return unreached.length > 0;
}

/**
 * When the delivery is about to be sent again, has been, or is left out, news of an earlier e-mail matters only if that
 * e-mail may arrive.
 */
function isNews(delivery: ReportedDelivery, standing: Standing, known: readonly Known[]): boolean {
  if (standing.status === delivery.status) return false;
  return mayArrive(standing.status) || !isOfEarlier(delivery, standing, known);
}

/**
 * Whether everything known is about an earlier e-mail than the one that counts. While another e-mail is open, or has
 * ended as unknown, the provider's id is still that of the one before.
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

async function publish(em: EntityManager, { delivery, standing, version }: Changed): Promise<void> {
  const { deliveryId, notice } = delivery;
  const { noticeId, key, kind, offset, termNumber, accountId, applicationId, organizationId } = notice;
  const { status, reason } = standing;
  const at = standing.at.toISOString();
  await recordEvent(em, deliveryEvents[status], {
    ...{ organizationId, accountId, applicationId, version },
    data: { noticeId, key, kind, offset, termNumber, deliveryId, status, at, reason },
  });
}

async function correctEnd(em: EntityManager, notice: ReportedNotice): Promise<void> {
  const end = endOf(notice.deliveries);
  if (end !== null && (end.status !== notice.status || end.reason !== notice.reason))
    await endIfSettled(em, notice, notice.deliveries);
}

async function changeDeliveries(em: EntityManager, changed: readonly Changed[], caller: string): Promise<void> {
  const rows = changed.map(
    ({ delivery: { deliveryId, email, notice }, standing: { status, reason, at, providerId }, retryMinutes }) => ({
      ...{ deliveryId, organizationId: notice.organizationId, status, reason, at, providerId, retryMinutes },
      ...{ accountId: notice.accountId, applicationId: notice.applicationId },
      details: {
        ...{ noticeId: notice.noticeId, key: notice.key, email },
        ...(providerId !== null && { providerId }),
        ...(reason !== null && { reason }),
      },
    }),
  );
  await sendAlong(em, changeOnRecord, [JSON.stringify(rows), caller]);
}

/**
 * A report proves that the e-mail was accepted: the sender uses that to end a dispatch whose outcome nobody knows. It does
 * not if it is about the e-mail before, which had bounced: others wait in the same dispatch.
 */
const changeOnRecord = `
  with changed as (
    select * from jsonb_to_recordset(?::jsonb) as r("deliveryId" uuid, "organizationId" uuid, "accountId" uuid,
      "applicationId" uuid, status text, reason text, at timestamptz, "providerId" text, "retryMinutes" int, details jsonb)),
  delivery as (
    update notifications.deliveries d set status = changed.status, reason = changed.reason,
      retry_at = now() + make_interval(mins => changed."retryMinutes"), sent_at = coalesce(d.sent_at, changed.at),
      provider_id = coalesce(changed."providerId", d.provider_id)
    from changed where d.delivery_id = changed."deliveryId"),
  email as (
    update notifications.dispatched_emails e set status = 'sent'
    from changed join notifications.deliveries d on d.delivery_id = changed."deliveryId"
    where e.delivery_id = changed."deliveryId" and e.status = 'open'
      and d.provider_id is distinct from changed."providerId")
  insert into notifications.audit (audit_id, at, organization_id, account_id, application_id, action, subject, caller, details)
  select uuidv7(), now(), "organizationId", "accountId", "applicationId", 'delivery.' || status, "deliveryId"::text, ?,
    details
  from changed`;
