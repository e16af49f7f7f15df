import { defineEntity, p } from '@mikro-orm/postgresql';
import { Delivery } from './delivery.entity.js';
import { Dispatch } from './dispatch.entity.js';
import { serviceDoesAll } from './policies.js';

/**
 * An e-mail of a dispatch. Its status is the dispatch's, kept with it so that the database can forbid a second one; or
 * `bounced`, once its delivery is tried again.
 */
export const DispatchedEmail = defineEntity({
  name: 'DispatchedEmail',
  tableName: 'dispatched_emails',
  properties: {
    dispatchId: () => p.manyToOne(Dispatch).mapToPk().joinColumn('dispatch_id').primary(),
    /** In the batch, from 0. */
    position: p.integer().primary(),
    deliveryId: () => p.manyToOne(Delivery).mapToPk().joinColumn('delivery_id'),
    organizationId: p.uuid(),
    status: p.text().$type<'open' | 'sent' | 'failed' | 'unknown' | 'bounced'>(),
    /**
     * The form (which none ever removes) and JSON of what is filled in: what is handed to the provider, to the letter. A
     * repeat under the same key has to be the same. Null in those of an earlier version, which have the whole `request`.
     */
    formId: p.text().strictNullable(),
    filled: p.text().strictNullable(),
    request: p.text().strictNullable(),
  },
  policies: [serviceDoesAll],
  rowLevelSecurity: 'force',
  indexes: [{ name: 'dispatched_emails_of_delivery', properties: ['deliveryId'] }],
  uniques: [
    { name: 'dispatched_emails_one_at_a_time', properties: ['deliveryId'], where: "status in ('open', 'sent')" },
  ],
});
