import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import { serviceDoesAll } from './policies.js';

/**
 * One e-mail or a batch, handed to the provider in one request with the dispatch's id as the idempotency key. Until it
 * ends, the provider may have accepted it without anybody knowing.
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
    /** The sender that holds it; null when none does. */
    claimId: p.uuid().strictNullable(),
    /** When a sender may repeat it; while a sender holds it, when the lease expires. */
    attemptAt: p.datetime(),
    /** Consecutive failed attempts, for the backoff. */
    failures: p.integer(),
    /**
     * The texts for the forms of its e-mails: a line of JSON per e-mail, in order. Together they are exactly what is
     * handed to the provider, since a repeat under the same key has to be identical. Null if each e-mail has its own.
     */
    filled: p.text().strictNullable(),
  },
  indexes: [{ name: 'dispatches_due', properties: ['attemptAt'], where: 'ended_at is null' }],
  policies: [serviceDoesAll],
  rowLevelSecurity: 'force',
});
export type DispatchRow = InferEntity<typeof Dispatch>;
