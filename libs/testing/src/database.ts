import { createHash, randomUUID } from 'node:crypto';
import { MikroORM, type EntityManager } from '@mikro-orm/postgresql';
import { asRole, createRoles, grantDatabase, inDatabase, type DatabaseService } from '@tenure/local';
import { databaseOptions, runMigrations, type ServiceDatabase } from '@tenure/platform';
import { Client } from 'pg';
import { shared } from './servers.js';

export interface TestDatabase {
  service: string;
  /** As `<service>`: for DATABASE_URL. */
  url: string;
  /** As `<service>_owner`: for DATABASE_OWNER_URL. */
  ownerUrl: string;
  /** Rows as they are, past row-level security; parameters are `$1`, `$2` … */
  sql<Row = Record<string, unknown>>(text: string, parameters?: unknown[]): Promise<Row[]>;
  /** An entity manager past row-level security, for arranging and asserting. A new one each time. */
  em(): EntityManager;
  /** The SQL that would make the database what the entities say; empty when the migrations have done so. */
  drift(): Promise<string>;
  close(): Promise<void>;
}

/** A database for one spec file: a copy of one that is migrated once per run (150 ms). */
export async function testDatabase({ service, entities, migrations = [] }: ServiceDatabase): Promise<TestDatabase> {
  const { url: superuser, passwords } = await shared('postgres');
  const role = service as DatabaseService;
  const text = migrations.map((migration) => migration.toString()).join('\n');
  const template = `${service}_${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
  const name = `${service}_${randomUUID().replaceAll('-', '').slice(0, 12)}`;

  const admin = new Client({ connectionString: superuser });
  await admin.connect();
  try {
    // Roles belong to the whole server, so that only one spec file at a time makes a template.
    await admin.query('select pg_advisory_lock(1)');
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [template]);
    if (rowCount === 0) {
      const unfinished = `${template}_unfinished`;
      await admin.query(`drop database if exists "${unfinished}"`);
      await createRoles({ url: superuser, passwords, database: unfinished });
      await runMigrations(service, entities, migrations, asRole(superuser, `${role}_owner`, passwords, unfinished));
      await admin.query(`alter database "${unfinished}" rename to "${template}"`);
    }
    await admin.query(`create database "${name}" template "${template}"`);
    await grantDatabase(superuser, name);
  } finally {
    await admin.end();
  }

  const asSuperuser = inDatabase(superuser, name);
  const orm = await MikroORM.init(databaseOptions(service, entities, asSuperuser, { migrations, connections: 3 }));
  const client = new Client({ connectionString: asSuperuser });
  client.on('error', () => {}); // The server ends first when a spec was broken off.
  await client.connect();
  return {
    service,
    url: asRole(superuser, role, passwords, name),
    ownerUrl: asRole(superuser, `${role}_owner`, passwords, name),
    async sql<Row>(query: string, parameters?: unknown[]) {
      return (await client.query(query, parameters)).rows as Row[];
    },
    em: () => orm.em.fork(),
    drift: () => orm.schema.getUpdateSchemaSQL({ wrap: false }),
    async close() {
      await client.end();
      await orm.close();
      const last = new Client({ connectionString: superuser });
      await last.connect();
      await last.query(`drop database "${name}" with (force)`);
      await last.end();
    },
  };
}
