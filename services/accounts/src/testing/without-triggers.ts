import type { TestDatabase } from '@tenure/testing';

/**
 * Inserts rows by the thousand: with the triggers off, which take ten times as long as the rows, and finally with what
 * a search reads of all accounts that have a contract.
 */
export async function withoutTriggers(
  { sql }: Pick<TestDatabase, 'sql'>,
  insert: () => Promise<unknown>,
): Promise<void> {
  await sql('set session_replication_role = replica');
  await insert();
  await sql(searched);
  await sql('set session_replication_role = origin');
}

const searched = `
insert into accounts.searched (account_id, organization_id, expires_at, valid_until, expires_on, pending,
  clock_ahead_seconds, is_over, license, name_key, names, time_zone)
select account_id, organization_id, expires_at, valid_until, expires_on, pending, clock_ahead_seconds,
  valid_until <= now(), license, name_key, names, time_zone
from accounts.accounts where license is not null`;
