import { createHash, randomUUID } from 'node:crypto';
import { MikroORM, type EntityManager } from '@mikro-orm/postgresql';
import { asRole, inDatabase, type DatabaseService } from '@tenure/local/servers/roles';
import { databaseOptions, runMigrations, type ServiceDatabase } from '@tenure/platform/database';
import { Client } from 'pg';
import { shared } from './servers.js';
import { copyTemplate, dropDatabase } from './template.js';

export interface TestDatabase {
  service: string;
  /** As `<service>`, for DATABASE_URL. */
  url: string;
  /** As `<service>_owner`, for DATABASE_OWNER_URL. */
  ownerUrl: string;
  /** Queries the stored rows, bypassing row-level security; parameters are `$1`, `$2` … */
  sql<Row = Record<string, unknown>>(text: string, parameters?: unknown[]): Promise<Row[]>;
  /** How many connections wait for a lock, of those to this database: specs of other databases on the server wait, too. */
  lockWaits(): Promise<number>;
  /** An entity manager that bypasses row-level security, for arranging and asserting. A new one for each call. */
  em(): EntityManager;
  /** The SQL that would bring the schema in line with the entities; empty if the migrations did so. */
  drift(): Promise<string>;
  close(): Promise<void>;
}

/** A database for one spec file: a copy of a template that is migrated once per run (150 ms). */
export async function testDatabase(database: ServiceDatabase): Promise<TestDatabase> {
  const { service, migrations = [] } = database;
  const { url: superuser, passwords } = await shared('postgres');
  const role = service as DatabaseService;
  const text = migrations.map((migration) => migration.toString()).join('\n');
  const template = `${service}_${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
  const name = `${service}_${randomUUID().replaceAll('-', '').slice(0, 12)}`;

  await copyTemplate({ superuser, passwords, template, name }, (copy) =>
    runMigrations(database, asRole(superuser, `${role}_owner`, passwords, copy)),
  );

  const asSuperuser = inDatabase(superuser, name);
  const orm = await MikroORM.init(databaseOptions(database, asSuperuser, { connections: 3 }));
  const client = new Client({ connectionString: asSuperuser });
  client.on('error', () => {}); // The server ends first if a spec was interrupted.
  await client.connect();
  return {
    service,
    url: asRole(superuser, role, passwords, name),
    ownerUrl: asRole(superuser, `${role}_owner`, passwords, name),
    async sql<Row>(query: string, parameters?: unknown[]) {
      return (await client.query(query, parameters)).rows as Row[];
    },
    async lockWaits() {
      // Otherwise a transaction sees only the connections that were open when it first looked.
      await client.query('select pg_stat_clear_snapshot()');
      const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      return (await client.query(waiting)).rows.length;
    },
    em: () => orm.em.fork(),
    drift: () => orm.schema.getUpdateSchemaSQL({ wrap: false }),
    async close() {
      await client.end();
      await orm.close();
      await dropDatabase(superuser, name);
    },
  };
}
