import type { Client } from 'pg';
import { Stop } from '@tenure/platform/command/stop';
import { withDatabase } from './with-database.js';

export type Owner = 'accounts_owner' | 'licensing_owner' | 'notifications_owner';

/**
 * Changes what no service may change.
 * @param database a URL with a role that bypasses row-level security and may do what these owners may
 * @throws Stop
 */
export function asOwners<Result>(
  database: string,
  owners: readonly Owner[],
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  return withDatabase(database, async (client) => {
    await needRights(client, owners);
    return work(client);
  });
}

/** @throws Stop */
async function needRights(client: Client, owners: readonly Owner[]): Promise<void> {
  const { rows } = await client.query<{ role: string; may: boolean }>(
    `select current_user as role, (select rolsuper or rolbypassrls from pg_roles where rolname = current_user)
       and (select bool_and(pg_has_role(owner, 'usage')) from unnest($1::name[]) as owner) as may`,
    [owners],
  );
  const { role, may } = rows[0]!;
  if (!may)
    throw new Stop(
      `The role ${role} may not do this. Use one that bypasses row-level security and has the rights of ${owners.join(', ')} (docs/operations/personal-data.md).`,
    );
}
