import type { EntityManager } from '@mikro-orm/postgresql';
import type { recordDeliveryReport, RequestOf } from '@tenure/contracts';
import { idArray, queryRows } from '@tenure/platform';
import { changeOnRecord } from '../database/audit.js';
import { isForReviewers } from '../domain/audience.js';
import { whyMarked } from '../domain/marking.js';
import { addressKey } from '../domain/recipients.js';
import type { ReportedDelivery } from './reported-delivery.js';

/** Marks the address of a delivery, if the report is a reason to. Reviewers' own addresses are no organization's. */
export async function markAddress(
  em: EntityManager,
  { deliveryId, email, notice }: ReportedDelivery,
  report: RequestOf<typeof recordDeliveryReport>,
): Promise<void> {
  const why = whyMarked(report);
  if (why === null || isForReviewers(notice.kind)) return;
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

/** Whether the address of a delivery `d` is marked: by what `addressKey` makes of it, said in SQL. */
export const isMarked = `exists (select from notifications.marked_addresses m
  where m.organization_id = d.organization_id and m.address = lower(trim(d.email)))`;

/** The marked addresses of organizations, by the organizations' ids. */
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
