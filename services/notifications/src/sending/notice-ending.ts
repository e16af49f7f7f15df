import type { EntityManager } from '@mikro-orm/postgresql';
import { noticeFailed, noticeReopened, noticeSent, noticeSkipped } from '@tenure/contracts';
import { idArray, queryRows, recordEvents, sendAlong } from '@tenure/platform';
import { endOf, isTaken, needsFallback, type DeliveryState, type NoticeEnd } from '../domain/notice-end.js';
import { isAmong, type Recipient } from '../domain/recipients.js';
import type { ClaimedNotice } from './claimed-notice.js';
import { addDeliveries, newDelivery, type LeftOut } from './planned-delivery.js';

/**
 * Ends these notices and their remaining deliveries without sending anything more. A delivery that was waiting for a
 * retry had bounced, and stays bounced.
 */
export async function abandon(
  em: EntityManager,
  abandoned: readonly { notice: ClaimedNotice; status: 'skipped' | 'failed'; reason: string }[],
): Promise<void> {
  if (abandoned.length === 0) return;
  await sendAlong(
    em,
    `update notifications.deliveries d set status = case when d.sent_at is null then r.status else 'bounced' end,
       reason = case when d.sent_at is null then r.reason else d.reason end
     from jsonb_to_recordset(?::jsonb) as r("noticeId" uuid, status text, reason text)
     where d.notice_id = r."noticeId" and d.status = 'planned'`,
    [JSON.stringify(abandoned.map(({ notice: { noticeId }, status, reason }) => ({ noticeId, status, reason })))],
  );
  const deliveries = await deliveriesOf(
    em,
    abandoned.map(({ notice }) => notice),
  );
  const ends = abandoned.map(({ notice, status, reason }): Ended => {
    const states = deliveries.get(notice.noticeId) ?? [];
    const end = states.length === 0 ? { status, reason } : endOf(states);
    return { notice, end: end ?? { status, reason }, deliveries: states };
  });
  await endNotices(em, ends);
}

/**
 * Leaves these deliveries out, each for its own reason. A delivery that was waiting for a retry had bounced, and stays
 * bounced.
 */
export async function leaveOut(em: EntityManager, leftOut: readonly LeftOut[]): Promise<void> {
  if (leftOut.length === 0) return;
  await sendAlong(
    em,
    `update notifications.deliveries d set status = case when d.sent_at is null then 'skipped' else 'bounced' end,
       reason = case when d.sent_at is null then r.reason else d.reason end
     from jsonb_to_recordset(?::jsonb) as r("deliveryId" uuid, reason text) where d.delivery_id = r."deliveryId"`,
    [JSON.stringify(leftOut)],
  );
}

/**
 * Ends the notices that have no delivery left to be made. A notice that nobody may have received first gets deliveries
 * to the recipients `instead`, such as the organization's fallback address. @returns the notices that continue
 */
export async function endSettled(
  em: EntityManager,
  settled: readonly { notice: ClaimedNotice; instead: readonly Recipient[] }[],
): Promise<ClaimedNotice[]> {
  if (settled.length === 0) return [];
  const deliveries = await deliveriesOf(
    em,
    settled.map(({ notice }) => notice),
  );
  const ended: Ended[] = [];
  const continuing: ClaimedNotice[] = [];
  const added = settled.flatMap(({ notice, instead }) => {
    const states = deliveries.get(notice.noticeId) ?? [];
    const others = needsFallback(states) ? instead.filter((recipient) => !isAmong(states, recipient)) : [];
    const end = others.length > 0 ? null : endOf(states);
    if (end === null) continuing.push(notice);
    else ended.push({ notice, end, deliveries: states });
    return others.map((recipient) => newDelivery(notice, recipient));
  });
  await addDeliveries(em, added);
  await endNotices(em, ended);
  return continuing;
}

type Delivery = DeliveryState & { email: string; isExtra: boolean; isEmptied: boolean };

/** The states of a notice's deliveries. */
export async function deliveryStates(em: EntityManager, notice: ClaimedNotice): Promise<Delivery[]> {
  return (await deliveriesOf(em, [notice])).get(notice.noticeId) ?? [];
}

/** Ends the notice when no delivery is left to be made, even if it had ended differently before. */
export async function endIfSettled(
  em: EntityManager,
  notice: ClaimedNotice,
  deliveries: readonly Delivery[],
): Promise<void> {
  const end = endOf(deliveries);
  if (end !== null) await endNotices(em, [{ notice, end, deliveries }]);
}

/** The states of the notices' deliveries, by notice id. */
async function deliveriesOf(em: EntityManager, notices: readonly ClaimedNotice[]): Promise<Map<string, Delivery[]>> {
  const rows = await queryRows<Delivery & { noticeId: string }>(
    em,
    `select notice_id as "noticeId", email, status, reason, is_extra as "isExtra",
       contents_removed_at is not null as "isEmptied" from notifications.deliveries
     where notice_id = any(?::uuid[]) order by delivery_id`,
    [idArray(notices.map(({ noticeId }) => noticeId))],
  );
  return Map.groupBy(rows, ({ noticeId }) => noticeId);
}

function countTaken(deliveries: readonly DeliveryState[]): number {
  return deliveries.filter(({ status }) => isTaken(status)).length;
}

interface Ended {
  notice: ClaimedNotice;
  end: NoticeEnd;
  deliveries: readonly Delivery[];
}

/**
 * Whether it must be checked who else to notify: the notice failed, other than as unknown, or it reached nobody who
 * could renew.
 */
function mayBeUnreached({ end, deliveries }: Ended): boolean {
  return end.status === 'failed' ? end.reason !== 'unknown' : needsFallback(deliveries);
}

/** Ends notices, with audit entries and events. */
async function endNotices(em: EntityManager, ended: readonly Ended[]): Promise<void> {
  if (ended.length === 0) return;
  const rows = ended.map((one) => ({
    noticeId: one.notice.noticeId,
    ...one.end,
    unreached: mayBeUnreached(one),
  }));
  await sendAlong(em, endOnRecord, [JSON.stringify(rows)]);
  const sent = ended.flatMap(({ notice, end, deliveries }) =>
    end.status === 'sent'
      ? [{ ...about(notice), data: { ...dataOf(notice), recipients: countTaken(deliveries) } }]
      : [],
  );
  const unsent = (status: 'failed' | 'skipped') =>
    ended.flatMap(({ notice, end }) =>
      end.status === status ? [{ ...about(notice), data: { ...dataOf(notice), reason: end.reason } }] : [],
    );
  await recordEvents(em, noticeSent, sent);
  await recordEvents(em, noticeFailed, unsent('failed'));
  await recordEvents(em, noticeSkipped, unsent('skipped'));
}

/** Publishes the events of notices that are stored as skipped. */
export function publishSkipped(
  em: EntityManager,
  skipped: readonly { notice: ClaimedNotice; reason: string }[],
): Promise<void> {
  const told = skipped.map(({ notice, reason }) => ({ ...about(notice), data: { ...dataOf(notice), reason } }));
  return recordEvents(em, noticeSkipped, told);
}

/** The columns to set to reopen an ended notice: the sender then takes it like any other planned notice. */
export const reopened = `status = 'planned', reason = null, ended_at = null, failures = 0, attempt_at = now()`;

export function publishReopened(em: EntityManager, notice: ClaimedNotice): Promise<void> {
  return recordEvents(em, noticeReopened, [{ ...about(notice), data: dataOf(notice) }]);
}

function about({ organizationId, accountId, applicationId }: ClaimedNotice) {
  return { organizationId, accountId, applicationId, version: 1 };
}

function dataOf({ noticeId, key, kind, offset, termNumber }: ClaimedNotice) {
  return { noticeId, key, kind, offset, termNumber };
}

const endOnRecord = `
  with ended as (
    update notifications.notices n set status = r.status, reason = r.reason, ended_at = now(), claim_id = null,
      claimed_until = null, dispatch_id = null, reach_at = case when r.unreached then now() else n.reach_at end
    from jsonb_to_recordset(?::jsonb) as r("noticeId" uuid, status text, reason text, unreached boolean)
    where n.notice_id = r."noticeId"
    returning n.*)
  insert into notifications.audit (audit_id, at, organization_id, account_id, application_id, action, subject, caller, details)
  select uuidv7(), now(), organization_id, account_id, application_id, 'notice.' || status, notice_id::text,
    'notifications', jsonb_strip_nulls(jsonb_build_object('key', key, 'reason', reason))
  from ended`;
