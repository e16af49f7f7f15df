import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { escapeIdentifier, escapeLiteral } from 'pg';
import { onDatabase } from '../servers/on-database.js';

/**
 * Migrates a service's schema, unless exactly these migrations were already applied: a process that finds nothing to do
 * takes a second of a start. The schema's comment records what was applied, so that the record is lost and restored
 * with the data.
 * @param url the superuser's, in the database of all services
 * @param migrate throws if it fails; the next start tries again
 */
export async function unlessMigrated(
  url: string,
  { service, migrations }: { service: string; migrations: string },
  migrate: () => Promise<void>,
): Promise<void> {
  const note = `migrated by ${migrations}`;
  await onDatabase(url, async (client) => {
    const { rows } = await client.query<{ note: string | null }>(
      "select obj_description(oid, 'pg_namespace') as note from pg_namespace where nspname = $1",
      [service],
    );
    if (rows[0]?.note === note) return;
    await migrate();
    await client.query(`comment on schema ${escapeIdentifier(service)} is ${escapeLiteral(note)}`);
  });
}

/** Changes with any file of the folder. */
export function fingerprintOf(folder: string): string {
  const digest = createHash('sha256');
  for (const name of readdirSync(folder).sort())
    if (name.endsWith('.js')) digest.update(`${name}\n`).update(readFileSync(path.join(folder, name)));
  return digest.digest('hex').slice(0, 16);
}
