import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { databaseServices, inDatabase, type DatabaseService, type RolePasswords } from './roles.js';

export interface RolesOptions {
  /** The superuser's, in the database `postgres`. */
  url: string;
  passwords: RolePasswords;
  database?: string;
}

/**
 * Creates the database and, for each service, `<service>_owner` (owns the schema, migrates), `<service>` (serves) and
 * `<service>_member` (taken on for a member's transaction, so that row-level security holds for it). Repeatable.
 */
export async function createRoles({ url, passwords, database = 'tenure' }: RolesOptions): Promise<void> {
  await onDatabase(url, async (client) => {
    for (const service of databaseServices) await createServiceRoles(client, service, passwords);
    // PostgreSQL lets everybody in there.
    await client.query('revoke connect on database postgres, template1 from public');
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
    if (rowCount === 0) await client.query(`create database ${escapeIdentifier(database)}`);
  });
  await grantDatabase(url, database);
  await onDatabase(inDatabase(url, database), async (client) => {
    await client.query('revoke all on schema public from public');
    for (const service of databaseServices) {
      await client.query(`create schema if not exists ${service} authorization ${service}_owner`);
      await client.query(`revoke all on schema ${service} from public`);
      await client.query(`grant usage on schema ${service} to ${service}, ${service}_member`);
    }
  });
}

/** Lets in the services' roles and nobody else. What a template says about this is not copied to a new database. */
export async function grantDatabase(url: string, database: string): Promise<void> {
  await onDatabase(url, async (client) => {
    const name = escapeIdentifier(database);
    await client.query(`revoke all on database ${name} from public`);
    for (const service of databaseServices) {
      await client.query(`grant connect, create on database ${name} to ${service}_owner`);
      await client.query(`grant connect on database ${name} to ${service}`);
    }
  });
}

async function createServiceRoles(client: Client, service: DatabaseService, passwords: RolePasswords): Promise<void> {
  const member = `${service}_member`;
  for (const role of [`${service}_owner`, service] as const) {
    await createRole(client, role, `login password ${escapeLiteral(passwords[role])}`);
    await client.query(`alter role ${role} set search_path = ${service}`);
  }
  await createRole(client, member, 'nologin');
  // Inherited, a member's policies would apply to the service as well.
  await client.query(`grant ${member} to ${service} with inherit false, set true`);
}

async function createRole(client: Client, role: string, attributes: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
  await client.query(`${rowCount === 0 ? 'create' : 'alter'} role ${role} ${attributes}`);
}

/** Does the work on a connection of its own. */
export async function onDatabase(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
