import { Client } from 'pg';
import { Stop } from '@tenure/platform/command/stop';

const ANSWER_MS = 10_000;

export type Owner = 'accounts_owner' | 'licensing_owner' | 'notifications_owner';

/**
 * Connects to change what no service may change, and disconnects at the end.
 * @param database a URL with a role that bypasses row-level security and may do what these owners may
 * @throws Stop
 */
export async function asOwners<Result>(
  database: string,
  owners: readonly Owner[],
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString: database, connectionTimeoutMillis: ANSWER_MS });
  const lost = new Promise<never>((_, reject) => client.on('error', reject));
  lost.catch(() => undefined);
  const connected = async () => {
    await client.connect();
    await needRights(client, owners);
    return work(client);
  };
  try {
    return await Promise.race([connected(), lost]).catch(inItsWords);
  } finally {
    await client.end();
  }
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

export async function inTransaction<T>(client: Client, deed: 'read' | 'write', work: () => Promise<T>): Promise<T> {
  await client.query(deed === 'read' ? 'begin transaction isolation level repeatable read, read only' : 'begin');
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

function inItsWords(error: Error & { code?: string }): never {
  if (error instanceof Stop || error.code === undefined) throw error;
  if (error.code === '40P01')
    throw new Stop('Another transaction was changing the same rows, so nothing was changed. Run it again.', {
      cause: error,
    });
  throw new Stop(error.message, { cause: error });
}
