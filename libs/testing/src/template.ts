import { createRoles, grantDatabase, onDatabase } from '@tenure/local/servers/create-roles';
import { inDatabase } from '@tenure/local/servers/roles';

interface Copy {
  /** The server's address as its superuser. */
  superuser: string;
  passwords: Parameters<typeof createRoles>[0]['passwords'];
  template: string;
  /** The name of the new database. */
  name: string;
}

/**
 * Creates a database as a copy of its template (150 ms). The first caller that needs the template fills it, once per
 * run.
 */
export async function copyTemplate(
  { superuser, passwords, template, name }: Copy,
  fill: (database: string) => Promise<unknown>,
): Promise<void> {
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
  await grantDatabase(inDatabase(superuser, name));
}

export function dropDatabase(superuser: string, name: string): Promise<void> {
  return onDatabase(superuser, async (admin) => void (await admin.query(`drop database "${name}" with (force)`)));
}
