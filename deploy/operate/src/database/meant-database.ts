import { namesDatabase } from '@tenure/platform/command/names-database';
import { setting } from '@tenure/platform/command/setting';
import { Stop } from '@tenure/platform/command/stop';
import { needStack } from '../this-machine/stack.js';

/** The database of the deployment that the environment names, or of the stack on this machine. @throws Stop */
export async function meantDatabase(): Promise<string> {
  const database = setting('DATABASE_URL');
  if (database !== undefined) {
    if (namesDatabase(database)) return database;
    throw new Stop('DATABASE_URL is not valid: it has to be like postgres://user:password@host:5432/database.');
  }
  if (process.env.NATS_URL === undefined) return (await needStack()).database;
  throw new Stop('With NATS_URL, set DATABASE_URL too, so that both are those of one deployment.');
}
