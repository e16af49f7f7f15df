import { defineEntity, p } from '@mikro-orm/postgresql';
import { Delivery } from './delivery.entity.js';
import { Dispatch } from './dispatch.entity.js';
import { serviceDoesAll } from './policies.js';

/**
 * An e-mail of a dispatch. It repeats the dispatch's status, so that the database can rule out a second open e-mail of
 * the delivery; or it is `bounced`, once the delivery is retried.
 */
export const DispatchedEmail = defineEntity({
  name: 'DispatchedEmail',
  tableName: 'dispatched_emails',
  properties: {
    dispatchId: () => p.manyToOne(Dispatch).mapToPk().joinColumn('dispatch_id').primary(),
    /** The position in the batch, from 0. */
    position: p.integer().primary(),
    deliveryId: () => p.manyToOne(Delivery).mapToPk().joinColumn('delivery_id'),
    organizationId: p.uuid(),
    status: p.text().$type<'open' | 'sent' | 'failed' | 'unknown' | 'bounced'>(),
    /** The form, which is never deleted; the texts are stored with the dispatch. Null in rows that have a `request`. */
    formId: p.text().strictNullable(),
    /**
     * From earlier versions: the texts, and the request as a whole. No version writes these anymore, but what they
     * contain is shown for as long as the delivery is: remove the columns only when no such rows are left.
     */
    filled: p.text().strictNullable(),
    request: p.text().strictNullable(),
    /** After the contents were removed: the SHA-256 of what was sent, in hexadecimal. */
    htmlSha256: p.text().strictNullable(),
    textSha256: p.text().strictNullable(),
  },
  policies: [serviceDoesAll],
  rowLevelSecurity: 'force',
  indexes: [{ name: 'dispatched_emails_of_delivery', properties: ['deliveryId'] }],
  uniques: [
    { name: 'dispatched_emails_one_at_a_time', properties: ['deliveryId'], where: "status in ('open', 'sent')" },
  ],
});
