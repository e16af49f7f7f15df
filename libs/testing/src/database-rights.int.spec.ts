import { databaseServices, inDatabase, type DatabaseService, type RoleName } from '@tenure/local/servers/roles';
import { Client } from 'pg';
import { installedDatabase, type InstalledDatabase } from './installation.js';

/**
 * Every role × every table of every service, tried on a database that is migrated as in production. Tables are
 * discovered, not listed: a new one is tried automatically.
 */
interface Table {
  service: DatabaseService;
  name: string;
}

let database: InstalledDatabase;
let tables: Table[];
const clients = new Map<RoleName, Client>();
beforeAll(async () => {
  database = await installedDatabase();
  tables = await database.sql<Table>(
    `select schemaname as service, tablename as name from pg_tables where schemaname = any($1) order by 1, 2`,
    [[...databaseServices]],
  );
  for (const role of databaseServices.flatMap((service): RoleName[] => [service, `${service}_owner`])) {
    const client = new Client({ connectionString: database.url(role) });
    await client.connect();
    clients.set(role, client);
  }
});
afterAll(async () => {
  for (const client of clients.values()) await client.end();
  await database?.close();
});

/** The operations on a table, without knowledge of its columns. */
const deeds = {
  read: (table: string) => `select from ${table} limit 1`,
  add: (table: string) => `insert into ${table} default values`,
  change: (table: string, column: string) => `update ${table} set ${column} = ${column} where false`,
  delete: (table: string) => `delete from ${table} where false`,
  empty: (table: string) => `truncate ${table}`,
  drop: (table: string) => `drop table ${table}`,
};

/** Which of these the role is denied; `as` is a role that it assumes. */
async function refused(client: Client, { service, name }: Table, as?: string): Promise<string[]> {
  const [column] = await database.sql<{ name: string }>(
    `select column_name as name from information_schema.columns
     where table_schema = $1 and table_name = $2 and is_generated = 'NEVER' limit 1`,
    [service, name],
  );
  const found: string[] = [];
  for (const [deed, statement] of Object.entries(deeds)) {
    await client.query('begin');
    if (as !== undefined) await client.query(`set local role ${as}`);
    const error = await client.query(statement(`${service}.${name}`, column!.name)).then(
      () => undefined,
      (error: { code: string }) => error.code,
    );
    await client.query('rollback');
    const insufficientPrivilege = '42501';
    if (error === insufficientPrivilege) found.push(deed);
  }
  return found;
}

const all = Object.keys(deeds);

describe.each(databaseServices)('%s', (service) => {
  const member = `${service}_member`;

  it.each([service, `${service}_owner`] as const)(
    'as %s, does nothing in the schema of another service',
    async (role) => {
      const others = tables.filter((table) => table.service !== service);
      expect(others.length).toBeGreaterThan(10);
      for (const table of others) expect([table, await refused(clients.get(role)!, table)]).toEqual([table, all]);
    },
  );

  it('as a member, does nothing in the schema of another service', async () => {
    for (const table of tables.filter((table) => table.service !== service))
      expect([table, await refused(clients.get(service)!, table, member)]).toEqual([table, all]);
  });

  it('assumes its own member role and no other', async () => {
    const roles = databaseServices.flatMap((other) => [other, `${other}_owner`, `${other}_member`]);
    const client = clients.get(service)!;
    const taken: string[] = [];
    for (const role of [...roles, 'postgres', 'pg_read_all_data', 'pg_write_all_data'])
      await client.query(`set role ${role}`).then(
        () => taken.push(role),
        () => undefined,
      );
    await client.query('reset role');
    expect(taken).toEqual([service, member]);
  });

  it.each([service, `${service}_owner`] as const)(
    'as %s, connects to no other database of the server',
    async (role) => {
      for (const other of ['postgres', 'template1']) {
        const client = new Client({ connectionString: inDatabase(database.url(role), other) });
        await expect(client.connect().finally(() => client.end())).rejects.toThrow(/^permission denied for database/);
      }
    },
  );

  it('cannot truncate, drop or create a table', async () => {
    for (const table of tables.filter((table) => table.service === service))
      expect([table, await refused(clients.get(service)!, table)]).toEqual([
        table,
        expect.arrayContaining(['empty', 'drop']),
      ]);
    await expect(clients.get(service)!.query(`create table ${service}.more (id int)`)).rejects.toThrow(
      'permission denied',
    );
    await expect(clients.get(service)!.query('create table public.more (id int)')).rejects.toThrow('permission denied');
    await expect(clients.get(service)!.query('create schema more')).rejects.toThrow('permission denied');
  });

  it('can only append to its audit trail, as itself and as a member', async () => {
    const trail: Table = { service, name: 'audit' };
    expect(tables).toContainEqual(trail);
    const client = clients.get(service)!;
    expect(await refused(client, trail)).toEqual(['change', 'delete', 'empty', 'drop']);
    expect(await refused(client, trail, member)).toEqual(expect.arrayContaining(['change', 'delete', 'empty', 'drop']));
  });

  it('has row-level security on every table with an organization, even for its owner', async () => {
    const open = await database.sql<{ name: string }>(
      `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
       where c.relnamespace = $1::regnamespace and c.relkind = 'r' and not (c.relrowsecurity and c.relforcerowsecurity)
       order by 1`,
      [service],
    );
    expect(open).toEqual([]);
  });
});

it('every service has tables, so that something was tried', () =>
  expect(new Set(tables.map(({ service }) => service))).toEqual(new Set(databaseServices)));
