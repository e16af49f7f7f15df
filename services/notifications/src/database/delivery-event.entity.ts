import { defineEntity, p } from '@mikro-orm/postgresql';
import type { ReportKind } from '@tenure/contracts';
import { Delivery } from './delivery.entity.js';
import { memberReads, ofOrganization, serviceDoesAll } from './policies.js';

/**
 * The history of a delivery: the provider's reports, Customer Success's resolutions, and retries. Never changed: the
 * service's role can only insert and read.
 */
export const DeliveryEvent = defineEntity({
  name: 'DeliveryEvent',
  tableName: 'delivery_events',
  properties: {
    deliveryEventId: p.uuid().primary(),
    deliveryId: () => p.manyToOne(Delivery).mapToPk().joinColumn('delivery_id'),
    organizationId: p.uuid(),
    kind: p.text().$type<ReportKind | 'confirmed' | 'sent_again' | 'retried'>(),
    /** When it happened, according to the provider. */
    at: p.datetime(),
    recordedAt: p.datetime(),
    /** The provider's id of the report, or Customer Success's idempotency key: a repeated one is not stored again. */
    reportId: p.text().unique(),
    /** The provider's id of the e-mail. */
    providerId: p.text().strictNullable(),
    /** For a bounce: nothing will ever arrive at the address. */
    permanent: p.boolean(),
    /** The provider's words, or Customer Success's reason. */
    words: p.text().strictNullable(),
    /** The member of Customer Success. */
    memberId: p.uuid().strictNullable(),
  },
  indexes: [{ name: 'delivery_events_of_delivery', properties: ['deliveryId'] }],
  policies: [
    serviceDoesAll,
    memberReads(
      `${ofOrganization} and exists (select from notifications.deliveries d where d.delivery_id = delivery_events.delivery_id)`,
    ),
  ],
  rowLevelSecurity: 'force',
});
