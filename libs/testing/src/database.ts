import { createHash } from 'node:crypto';
import { MikroORM, type EntityManager } from '@mikro-orm/postgresql';
import { asRole, type DatabaseService } from '@tenure/local/servers/roles';
import { databaseOptions, runMigrations, type ServiceDatabase } from '@tenure/platform/database';
import { shared } from './servers.js';
import { copyOf, type CopiedDatabase } from './template.js';

export interface TestDatabase extends Pick<CopiedDatabase, 'sql' | 'close'> {
  service: string;
  /** As `<service>`, for DATABASE_URL. */
  url: string;
  /** As `<service>_owner`, for DATABASE_OWNER_URL. */
  ownerUrl: string;
  /** How many connections wait for a lock, of those to this database: specs of other databases on the server wait, too. */
  lockWaits(): Promise<number>;
  /** An entity manager that bypasses row-level security, for arranging and asserting. A new one for each call. */
  em(): EntityManager;
  /** The SQL that would bring the schema in line with the entities; empty if the migrations did so. */
  drift(): Promise<string>;
}

/** A database for one spec file: a copy of a template that is migrated once per run (150 ms). */
export async function testDatabase(database: ServiceDatabase): Promise<TestDatabase> {
  const { service, migrations = [] } = database;
  const { url: superuser, passwords } = await shared('postgres');
  const role = service as DatabaseService;
  const text = migrations.map((migration) => migration.toString()).join('\n');
  const template = `${service}_${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
  const { name, url, sql, close } = await copyOf({ superuser, passwords, template }, (copy) =>
    runMigrations(database, asRole(superuser, `${role}_owner`, passwords, copy)),
  );
  const orm = await MikroORM.init(databaseOptions(database, url, { connections: 3 }));
  return {
    service,
    url: asRole(superuser, role, passwords, name),
    ownerUrl: asRole(superuser, `${role}_owner`, passwords, name),
    sql,
    async lockWaits() {
      // Otherwise a transaction sees only the connections that were open when it first looked.
      await sql('select pg_stat_clear_snapshot()');
      const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      return (await sql(waiting)).length;
    },
    em: () => orm.em.fork(),
    drift: () => orm.schema.getUpdateSchemaSQL({ wrap: false }),
    async close() {
      await orm.close();
      await close();
    },
  };
}
