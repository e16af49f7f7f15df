import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  addressCleared,
  organizationAskedAbout,
  requireSuperAdmin,
  type AnswerOf,
  type clearMarkedAddress,
  type listMarkedAddresses,
  type MarkedAddressView,
  type RequestOf,
} from '@tenure/contracts';
import { Database, pageFrom, queryRows, recordEvent, sendAlong } from '@tenure/platform';
import { recordAudit } from '../database/audit.js';
import { addressKey } from '../domain/recipients.js';

const MOST_LISTED = 500;

@Injectable()
export class MarkedAddressesService {
  constructor(private readonly database: Database) {}

  /** @throws forbidden */
  async list({
    actor,
    organizationId: named,
  }: RequestOf<typeof listMarkedAddresses>): Promise<AnswerOf<typeof listMarkedAddresses>> {
    if (named === undefined) requireSuperAdmin(actor);
    const organizationId = organizationAskedAbout(actor, named);
    return this.database.asMember(actor, (em) => list(em, organizationId));
  }

  /** @throws forbidden */
  async clear(
    { actor, address }: RequestOf<typeof clearMarkedAddress>,
    caller: string,
  ): Promise<AnswerOf<typeof clearMarkedAddress>> {
    requireSuperAdmin(actor);
    const { organizationId, memberId } = actor;
    // Runs as the service: members cannot write here, and the organization is the actor's own.
    return this.database.asService(async (em) => {
      const [cleared] = await queryRows<{ deliveryId: string; why: string }>(
        em,
        `delete from notifications.marked_addresses where organization_id = ? and address = ?
         returning delivery_id as "deliveryId", why`,
        [organizationId, addressKey(address)],
      );
      if (cleared !== undefined) {
        await sendAlong(
          em,
          `insert into notifications.cleared_addresses (organization_id, address, cleared_at) values (?, ?, now())
           on conflict (organization_id, address) do update set cleared_at = excluded.cleared_at`,
          [organizationId, addressKey(address)],
        );
        // The mark was version 1, its removal is version 2.
        const { deliveryId, why } = cleared;
        const data = { deliveryId };
        await recordEvent(em, addressCleared, { organizationId, version: 2, cause: { memberId }, data });
        await recordAudit(em, {
          organizationId,
          action: 'address.cleared',
          subject: deliveryId,
          caller,
          details: { email: addressKey(address), memberId, before: { why }, after: null },
        });
      }
      return list(em, organizationId);
    });
  }
}

/** The latest, at most as many as a message can hold. */
async function list(em: EntityManager, organizationId: string): Promise<{ items: MarkedAddressView[] }> {
  const rows = await queryRows<MarkedAddressView>(
    em,
    `select address, why, words, delivery_id as "deliveryId", marked_at as "markedAt"
     from notifications.marked_addresses where organization_id = ? order by marked_at desc, address limit ?`,
    [organizationId, MOST_LISTED],
  );
  const marked = rows.map((row) => ({ ...row, markedAt: new Date(row.markedAt).toISOString() }));
  const { items } = pageFrom(marked, MOST_LISTED, ({ address }) => address);
  return { items };
}
