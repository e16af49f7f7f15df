import type { EntityManager } from '@mikro-orm/postgresql';
import { sendAlong } from '@tenure/platform';

/**
 * Transactions about the same thing go one after the other, where no row is there yet on which they could wait: the later
 * sees what the earlier has stored. Held until the transaction ends.
 */
export function oneAtATime(
  em: EntityManager,
  what: 'calendars' | 'new-accounts' | 'withdrawals',
  of: string,
): Promise<void> {
  return sendAlong(em, `select pg_advisory_xact_lock(hashtextextended('tenure.accounts.${what}/' || ?::text, 0))`, [
    of,
  ]);
}
