import { ConfigurationError } from '../process/variable.js';
import { isConflict, isDatabaseUnreachable, isRoleRefused, reasonOf } from './errors.js';
import { runMigrations } from './migrations.js';
import type { ServiceDatabase } from './options.js';

/**
 * What a migration's process does. If an operator has to correct something, in the environment or in the database, its
 * output is one line and its exit code 1; any other error is a bug and shows its stack.
 */
export async function migrateSchema(database: ServiceDatabase): Promise<void> {
  try {
    await runMigrations(database);
  } catch (error) {
    const said = inWords(error, database.service);
    if (said === undefined) throw error;
    console.error(said);
    process.exit(1); // A connection to a server that hangs stays open.
  }
}

function inWords(error: unknown, service: string): string | undefined {
  if (error instanceof ConfigurationError) return error.message;
  if (isRoleRefused(error))
    return `The schema of ${service} is unchanged: ${reasonOf(error)}. DATABASE_OWNER_URL has to name the database and the role ${service}_owner, as deploy/postgres creates them.`;
  if (isDatabaseUnreachable(error))
    // Cut off while it commits, it cannot know whether it has.
    return `The migration of ${service} stopped: the database is not available (${reasonOf(error)}). Run it again once it is.`;
  if (isConflict(error))
    return `The schema of ${service} is unchanged: a transaction, such as a backup, uses a table that would change (${reasonOf(error)}). Run the migration again when it has ended.`;
  return undefined;
}
