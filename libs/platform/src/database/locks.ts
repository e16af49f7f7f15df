import type { EntityManager } from '@mikro-orm/postgresql';
import { sendAlong } from './transaction.js';

/**
 * Locks a name until the transaction ends, where there is no row yet to lock: of two transactions about the same thing,
 * the later sees what the earlier stored.
 * @param name one that no other service uses: they may share the database
 */
export function lockAlone(em: EntityManager, name: string): Promise<void> {
  return sendAlong(em, `select pg_advisory_xact_lock(hashtextextended('tenure.' || ?::text, 0))`, [name]);
}

/** Keeps others from `lockAlone` until the transaction ends. Those who share the lock do not wait for each other. */
export function lockShared(em: EntityManager, name: string): Promise<void> {
  return sendAlong(em, `select pg_advisory_xact_lock_shared(hashtextextended('tenure.' || ?::text, 0))`, [name]);
}
