import type { EntityManager } from '@mikro-orm/postgresql';
import type { AddressMark, recordDeliveryReport, RequestOf } from '@tenure/contracts';
import { idArray, queryRows } from '@tenure/platform';
import { changeOnRecord } from '../database/audit.js';
import { isForReviewers } from '../domain/audience.js';
import { whyMarked } from '../domain/marking.js';
import { addressKey } from '../domain/recipients.js';
import type { ReportedDelivery } from './reported-delivery.js';

type Report = RequestOf<typeof recordDeliveryReport>;

/** Marks the address of a delivery if the report is a reason to. Reviewers' own addresses belong to no organization. */
export async function markAddress(em: EntityManager, delivery: ReportedDelivery, report: Report): Promise<void> {
  const { deliveryId, email, notice } = delivery;
  const why = whyMarked(report);
  if (why === null || isForReviewers(notice.kind) || (await wasClearedSince(em, delivery, report))) return;
  const { organizationId } = notice;
  const address = addressKey(email);
  await changeOnRecord(
    em,
    [
      [
        `insert into notifications.marked_addresses (organization_id, address, why, words, delivery_id, marked_at)
         values (?, ?, ?, ?, ?, now()) on conflict do nothing`,
        organizationId,
        address,
        why,
        report.words,
        deliveryId,
      ],
    ],
    {
      organizationId,
      action: 'address.marked',
      subject: deliveryId,
      caller: 'gateway',
      details: { email: address, why },
    },
  );
}

/**
 * Whether the address was cleared after the notice was sent to it: whoever cleared it made sure that later e-mails
 * arrive. For a complaint, the time of the complaint counts, whichever e-mail it is about.
 */
async function wasClearedSince(
  em: EntityManager,
  { deliveryId, email, notice }: ReportedDelivery,
  { kind, at }: Report,
): Promise<boolean> {
  const cleared = await queryRows(
    em,
    `select from notifications.cleared_addresses where organization_id = ? and address = ? and cleared_at > coalesce(
       ?::timestamptz, (select min(first_attempt_at) from notifications.dispatched_emails
         join notifications.dispatches using (dispatch_id) where delivery_id = ?))`,
    [notice.organizationId, addressKey(email), kind === 'complained' ? at : null, deliveryId],
  );
  return cleared.length > 0;
}

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
