import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { serviceDoesAll } from './policies.js';

/**
 * One e-mail or a batch, as it is handed to the provider in one request, under its own id as the idempotency key. Until
 * it ends, it may have been taken, and nobody knows yet.
 */
export const Dispatch = defineEntity({
  name: 'Dispatch',
  tableName: 'dispatches',
  properties: {
    dispatchId: p.uuid().primary(),
    /** Counted before each attempt. */
    attempts: p.integer(),
    firstAttemptAt: p.datetime(),
    endedAt: p.datetime().strictNullable(),
    /** The sender that works on it; null when nobody does. */
    claimId: p.uuid().strictNullable(),
    /** When a sender may repeat it: while one works on it, the end of that one's lease. */
    attemptAt: p.datetime(),
    /** Times in a row that it came to nothing, for the back-off. */
    failures: p.integer(),
    /**
     * What is filled into the forms of its e-mails: a line of JSON for each, in their order, so what is handed to the
     * provider, to the letter. A repeat under the same key has to be the same. Null where each e-mail has its own.
     */
    filled: p.text().strictNullable(),
  },
  indexes: [{ name: 'dispatches_due', properties: ['attemptAt'], where: 'ended_at is null' }],
  policies: [serviceDoesAll],
  rowLevelSecurity: 'force',
});
export type DispatchRow = InferEntity<typeof Dispatch>;
