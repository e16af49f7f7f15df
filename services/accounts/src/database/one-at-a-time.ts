import type { EntityManager } from '@mikro-orm/postgresql';
import { sendAlong } from '@tenure/platform';

/**
 * Serializes transactions about the same thing when there is no row yet to lock: the later sees what the earlier
 * stored. Holds the lock until the transaction ends.
 */
export function oneAtATime(
  em: EntityManager,
  what: 'members' | 'new-accounts' | 'organizations' | 'withdrawals',
  of: string,
): Promise<void> {
  return sendAlong(em, `select pg_advisory_xact_lock(hashtextextended('tenure.accounts.${what}/' || ?::text, 0))`, [
    of,
  ]);
}
