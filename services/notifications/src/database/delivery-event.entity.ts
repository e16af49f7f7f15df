import { defineEntity, p } from '@mikro-orm/postgresql';
import type { ReportKind } from '@tenure/contracts';
import { Delivery } from './delivery.entity.js';
import { memberReads, ofOrganization, serviceDoesAll } from './policies.js';

/** What the provider has reported of a delivery, what Customer Success has said, and that it was tried once more. Never changed: the service's role can only add and read. */
export const DeliveryEvent = defineEntity({
  name: 'DeliveryEvent',
  tableName: 'delivery_events',
  properties: {
    deliveryEventId: p.uuid().primary(),
    deliveryId: () => p.manyToOne(Delivery).mapToPk().joinColumn('delivery_id'),
    organizationId: p.uuid(),
    kind: p.text().$type<ReportKind | 'confirmed' | 'sent_again' | 'retried'>(),
    /** When it happened, as the provider says. */
    at: p.datetime(),
    recordedAt: p.datetime(),
    /** The provider's id of the report, or Customer Success's key: one that comes again is not kept again. */
    reportId: p.text().unique(),
    /** The provider's id of the e-mail. */
    providerId: p.text().strictNullable(),
    /** Of a bounce: nothing will ever arrive at the address. */
    permanent: p.boolean(),
    /** The provider's, or Customer Success's reason. */
    words: p.text().strictNullable(),
    /** Of Customer Success. */
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
