import { randomUUID } from 'node:crypto';
import { createRoles, grantDatabase } from '@tenure/local/servers/create-roles';
import { onDatabase } from '@tenure/local/servers/on-database';
import { inDatabase } from '@tenure/local/servers/roles';
import { Client } from 'pg';

interface Copy {
  /** The server's address as its superuser. */
  superuser: string;
  passwords: Parameters<typeof createRoles>[0]['passwords'];
  template: string;
}

export interface CopiedDatabase {
  name: string;
  /** As the superuser. */
  url: string;
  /** Queries as the superuser; parameters are `$1`, `$2` … */
  sql<Row = Record<string, unknown>>(text: string, parameters?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/**
 * Creates a database as a copy of its template (150 ms). The first caller that needs the template fills it, once per
 * run.
 */
export async function copyOf(
  { superuser, passwords, template }: Copy,
  fill: (database: string) => Promise<unknown>,
): Promise<CopiedDatabase> {
  const name = `${template}_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  await onDatabase(superuser, async (admin) => {
    // Roles belong to the whole server, so only one spec file at a time creates a template.
    await admin.query('select pg_advisory_lock(1)');
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [template]);
    if (rowCount === 0) {
      const unfinished = `${template}_unfinished`;
      await admin.query(`drop database if exists "${unfinished}"`);
      await createRoles({ url: superuser, passwords, database: unfinished });
      await fill(unfinished);
      await admin.query(`alter database "${unfinished}" rename to "${template}"`);
    }
    // By default, PostgreSQL would also write each page to its WAL.
    await admin.query(`create database "${name}" template "${template}" strategy file_copy`);
  });
  const url = inDatabase(superuser, name);
  await grantDatabase(url);
  const client = new Client({ connectionString: url });
  client.on('error', () => {}); // The server ends first if a spec was interrupted.
  await client.connect();
  return {
    name,
    url,
    async sql<Row>(text: string, parameters?: unknown[]) {
      return (await client.query(text, parameters)).rows as Row[];
    },
    async close() {
      await client.end();
      await onDatabase(superuser, (admin) => admin.query(`drop database "${name}" with (force)`));
    },
  };
}
