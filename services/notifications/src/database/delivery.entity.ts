import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import type { Language } from '@tenure/contracts';
import type { DeliveryStatus } from '../domain/notice-end.js';
import { Notice } from './notice.entity.js';
import { memberReads, ofOrganization, serviceDoesAll } from './policies.js';

/** A notice to one recipient. */
export const Delivery = defineEntity({
  name: 'Delivery',
  tableName: 'deliveries',
  properties: {
    deliveryId: p.uuid().primary(),
    noticeId: () => p.manyToOne(Notice).mapToPk().joinColumn('notice_id'),
    organizationId: p.uuid(),
    /** Null for an extra address and for the organization's fallback address. */
    memberId: p.uuid().strictNullable(),
    email: p.text(),
    name: p.text().strictNullable(),
    language: p.text().$type<Language>(),
    /** Sent to an extra address of the account. */
    isExtra: p.boolean().default(false),
    status: p.text().$type<DeliveryStatus>(),
    /** Why it ended as it did; while it is planned, the outcome of the last attempt. */
    reason: p.text().strictNullable(),
    sentAt: p.datetime().strictNullable(),
    /** When it is retried, because its e-mail bounced for a temporary reason. */
    retryAt: p.datetime().strictNullable(),
    /** The provider's id of the e-mail. */
    providerId: p.text().strictNullable(),
    /**
     * When its contents were removed, because they were older than the operator keeps them (ADR 47): since then, `email`
     * names nobody. It is final: nothing is sent anymore, whatever is reported.
     */
    contentsRemovedAt: p.datetime().strictNullable(),
  },
  indexes: [
    { name: 'deliveries_by_provider_id', properties: ['providerId'], where: 'provider_id is not null' },
    { name: 'deliveries_to_retry', properties: ['retryAt'], where: 'retry_at is not null' },
    { name: 'deliveries_unknown', properties: ['deliveryId'], where: "status = 'unknown'" },
    {
      name: 'deliveries_of_address',
      expression: 'create index deliveries_of_address on notifications.deliveries (lower(trim(email)), delivery_id)',
    },
  ],
  uniques: [{ name: 'deliveries_one_for_each_address', properties: ['noticeId', 'email'] }],
  policies: [
    serviceDoesAll,
    memberReads(
      `${ofOrganization} and exists (select from notifications.notices n where n.notice_id = deliveries.notice_id)`,
    ),
  ],
  rowLevelSecurity: 'force',
});
export type DeliveryRow = InferEntity<typeof Delivery>;
