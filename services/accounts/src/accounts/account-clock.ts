import type { EntityManager } from '@mikro-orm/postgresql';
import { databaseTime } from '@tenure/platform';

/** An account's time: the database's, and how far the account's clock is ahead of it (0 outside the sandbox). */
export interface AccountClock {
  now: Date;
  aheadSeconds: number;
}

/** The clock of an account; of one that does not exist yet, the database's. */
export async function accountClock(em: EntityManager, accountId: string): Promise<AccountClock> {
  const [row] = await em.execute<{ ahead: number }[]>(
    'select clock_ahead_seconds as ahead from accounts.accounts where account_id = ?',
    [accountId],
  );
  const aheadSeconds = row?.ahead ?? 0;
  return { now: ahead(await databaseTime(em), aheadSeconds), aheadSeconds };
}

/** A wall-clock instant as the account's clock shows it. */
export function ahead(instant: Date, seconds: number): Date {
  return new Date(instant.getTime() + seconds * 1000);
}
