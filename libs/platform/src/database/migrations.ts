import { MikroORM } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { readConfiguration } from '../process/configuration.js';
import { whileItAnswers } from '../command/while-it-answers.js';
import { databaseUrl } from '../process/database-url.js';
import { isReachable } from './connection.js';
import { NoAnswer } from './errors.js';
import { retryOnConflict } from './retry-on-conflict.js';
import { databaseOptions, type ServiceDatabase } from './options.js';

const ownerSchema = z.object({ DATABASE_OWNER_URL: databaseUrl });

/**
 * The running version locks the same tables meanwhile, in an order that depends on the transaction. All attempts
 * together take longer than any of its transactions.
 */
const patience = { attempts: 10, pauseMs: () => 1_000 };
/**
 * How long a migration waits for a table that a long transaction uses, such as a backup: whoever needs the table waits
 * behind the migration, and requests wait for five seconds at most. PostgreSQL ends deadlocks and its own vacuum after
 * one.
 */
const lockTimeout = '2s';
/**
 * A migration that was killed, or whose machine is lost or hangs, would keep what it has changed locked: its last
 * statement goes on in PostgreSQL, and its transaction stays open.
 */
const endsWithItsProcess = `set local client_connection_check_interval = '1s';
  set local idle_in_transaction_session_timeout = '10s'`;

/**
 * Migrates the service's schema as `<service>_owner` (DATABASE_OWNER_URL). Its statements may take any time, as long as
 * the database answers others. Returns the names of the applied migrations.
 */
export async function runMigrations(
  database: ServiceDatabase,
  url = readConfiguration(ownerSchema).DATABASE_OWNER_URL,
  { lookMs }: { lookMs?: number } = {},
): Promise<string[]> {
  const { service } = database;
  // Operators create the database: if it is missing, the error says so, instead of another database's refusal.
  const options = { ...databaseOptions(database, url, { connections: 2, patience: 0 }), ensureDatabase: false };
  const orm = await MikroORM.init(options);
  const look = async () => {
    if (!(await isReachable(orm))) throw new NoAnswer();
  };
  const migrated = whileItAnswers(
    retryOnConflict(patience, () => migrate(orm, service)),
    look,
    lookMs,
  );
  // After a failure nobody waits: kysely keeps a connection that was cut, and the pool would wait for it forever.
  await migrated.then(
    () => orm.close(),
    () => void orm.close(),
  );
  return migrated;
}

/** All or nothing. */
function migrate(orm: MikroORM, service: string): Promise<string[]> {
  return orm.em.fork().transactional(async (em) => {
    await em.execute(endsWithItsProcess);
    // Several instances may start together: the second waits, and finds nothing left to do.
    await em.execute(`select pg_advisory_xact_lock(hashtext('tenure.migrations'), hashtext(?))`, [service]);
    await em.execute(`set local lock_timeout = '${lockTimeout}'`);
    const applied = await orm.migrator.up({ transaction: em.getTransactionContext() });
    return applied.map(({ name }) => name);
  });
}
