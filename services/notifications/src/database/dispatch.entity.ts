import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { Delivery } from './delivery.entity.js';
import { serviceDoesAll } from './policies.js';

/**
 * One e-mail as it is handed to the provider, under its own id as the idempotency key. `open`: it may have been taken,
 * and nobody knows yet.
 */
export const Dispatch = defineEntity({
  name: 'Dispatch',
  tableName: 'dispatches',
  properties: {
    dispatchId: p.uuid().primary(),
    deliveryId: () => p.manyToOne(Delivery).mapToPk().joinColumn('delivery_id'),
    organizationId: p.uuid(),
    status: p.text().$type<'open' | 'sent' | 'failed' | 'unknown'>(),
    /** The request to the provider, to the letter: a repeat under the same key has to be the same. */
    request: p.text(),
    /** Counted before each attempt. */
    attempts: p.integer(),
    firstAttemptAt: p.datetime(),
    endedAt: p.datetime().strictNullable(),
  },
  policies: [serviceDoesAll],
  rowLevelSecurity: 'force',
  uniques: [{ name: 'dispatches_one_at_a_time', properties: ['deliveryId'], where: "status in ('open', 'sent')" }],
});
export type DispatchRow = InferEntity<typeof Dispatch>;
