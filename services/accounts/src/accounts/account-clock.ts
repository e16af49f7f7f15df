import type { EntityManager } from '@mikro-orm/postgresql';
import { inAccountClock } from '@tenure/lifecycle';
import { queryRows } from '@tenure/platform';

/** An account's current time, and how far its clock is ahead of the database's (0 outside the sandbox). */
export interface AccountClock {
  now: Date;
  aheadSeconds: number;
}

/** The account's clock; the database's if the account does not exist yet. */
export function accountClock(em: EntityManager, accountId: string): Promise<AccountClock> {
  return readClock(em, 'select clock_ahead_seconds from accounts.accounts where account_id = ?', accountId);
}

/** The clock of the account that an application is about. Can be queried together with the application. */
export function clockOfApplication(em: EntityManager, applicationId: string): Promise<AccountClock> {
  const its = `select a.clock_ahead_seconds from accounts.accounts a
     join accounts.applications p on p.account_id = a.account_id where p.application_id = ?`;
  return readClock(em, its, applicationId);
}

async function readClock(em: EntityManager, lead: string, id: string): Promise<AccountClock> {
  const [row] = await queryRows<{ now: string; ahead: number }>(
    em,
    `select now() as now, coalesce((${lead}), 0) as ahead`,
    [id],
  );
  const aheadSeconds = row!.ahead;
  return { now: inAccountClock(new Date(row!.now), aheadSeconds), aheadSeconds };
}
