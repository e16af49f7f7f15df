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
    /** The form, which none ever removes; what is filled in lies with the dispatch. Null in those that have a `request`. */
    formId: p.text().strictNullable(),
    /**
     * Of earlier versions: what is filled in, and what was handed over as a whole. No version stores these any more, and
     * what they hold is shown for as long as its delivery is: they go with what was stored then, and not before.
     */
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
