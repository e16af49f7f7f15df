import type { EntityManager } from '@mikro-orm/postgresql';
import type { AddressMark, recordDeliveryReport, RequestOf } from '@tenure/contracts';
import { idArray, queryRows, sendAlong } from '@tenure/platform';
import { isForReviewers } from '../domain/audience.js';
import { whyMarked } from '../domain/marking.js';
import { addressKey } from '../domain/recipients.js';
import type { ReportedDelivery } from './reported-delivery.js';

type Report = RequestOf<typeof recordDeliveryReport>;

/**
 * Marks the addresses of deliveries on which these reports are a reason to. Reviewers' own addresses belong to no
 * organization.
 */
export async function markAddresses(
  em: EntityManager,
  reported: readonly { report: Report; delivery: ReportedDelivery }[],
): Promise<void> {
  const rows = reported.flatMap(({ report, delivery: { deliveryId, email, isEmptied, notice } }) => {
    const why = whyMarked(report);
    if (why === null || isEmptied || isForReviewers(notice.kind)) return [];
    const { organizationId } = notice;
    const complainedAt = why === 'complained' ? report.at : null;
    return [{ organizationId, address: addressKey(email), why, words: report.words, deliveryId, complainedAt }];
  });
  if (rows.length > 0) await sendAlong(em, markOnRecord, [JSON.stringify(rows)]);
}

/**
 * Nothing is marked, and nothing recorded, if the address is marked already, or was cleared after the notice was sent
 * to it: whoever cleared it made sure that later e-mails arrive. For a complaint, the time of the complaint counts,
 * whichever e-mail it is about. Sorted, so that two transactions do not deadlock.
 */
const markOnRecord = `
  with marked as (
    insert into notifications.marked_addresses (organization_id, address, why, words, delivery_id, marked_at)
    select "organizationId", r.address, why, words, "deliveryId", now()
    from jsonb_to_recordset(?::jsonb) as r("organizationId" uuid, address text, why text, words text, "deliveryId" uuid,
      "complainedAt" timestamptz)
    where not exists (
      select from notifications.cleared_addresses c
      where c.organization_id = "organizationId" and c.address = r.address and c.cleared_at > coalesce("complainedAt",
        (select min(first_attempt_at) from notifications.dispatched_emails
         join notifications.dispatches using (dispatch_id) where delivery_id = "deliveryId")))
    order by "organizationId", r.address
    on conflict do nothing returning organization_id, address, why, delivery_id)
  insert into notifications.audit (audit_id, at, organization_id, action, subject, caller, details)
  select uuidv7(), now(), organization_id, 'address.marked', delivery_id::text, 'gateway',
    jsonb_build_object('email', address, 'why', why) from marked`;

/** SQL equivalent of `addressKey` for the address of a delivery `d`. */
export const addressOfDelivery = 'lower(trim(d.email))';

/** Whether the address of a delivery `d` is marked. */
export const isMarked = `exists (select from notifications.marked_addresses m
  where m.organization_id = d.organization_id and m.address = ${addressOfDelivery})`;

/** The marks of an address in all organizations, latest first. */
export async function marksOf(em: EntityManager, address: string): Promise<AddressMark[]> {
  const rows = await queryRows<AddressMark>(
    em,
    `select organization_id as "organizationId", address, why, words, delivery_id as "deliveryId", marked_at as "markedAt"
     from notifications.marked_addresses where address = ? order by marked_at desc, organization_id`,
    [addressKey(address)],
  );
  return rows.map((row) => ({ ...row, markedAt: new Date(row.markedAt).toISOString() }));
}

/** The organizations' marked addresses, by organization id. */
export async function markedIn(
  em: EntityManager,
  organizationIds: readonly string[],
): Promise<Map<string, ReadonlySet<string>>> {
  const rows = await queryRows<{ organizationId: string; address: string }>(
    em,
    `select organization_id as "organizationId", address from notifications.marked_addresses
     where organization_id = any(?::uuid[])`,
    [idArray([...new Set(organizationIds)])],
  );
  const byOrganization = Map.groupBy(rows, ({ organizationId }) => organizationId);
  return new Map([...byOrganization].map(([id, marked]) => [id, new Set(marked.map(({ address }) => address))]));
}
