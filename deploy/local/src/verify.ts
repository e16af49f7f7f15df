import { DatabaseError } from 'pg';
import { findStack } from './supervisor/stack.js';
import { Stop } from './supervisor/stop.js';
import { verify } from './verify/verify.js';

/**
 * `npm run verify`: whether what accounts and licensing have stored of every account agrees. It only reads. Exit code 1
 * when something does not; 2 when it could not be found out.
 */
try {
  const { offenders } = await verify(databaseUrl(), (line) => console.log(line));
  process.exitCode = offenders === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof Stop || error instanceof DatabaseError || 'code' in (error as Error))) throw error;
  console.error(`It could not be verified: ${(error as Error).message}`);
  process.exitCode = 2;
}

/** The database that the environment names, as somebody who may read all of it, or else the one on this machine. */
function databaseUrl(): string {
  const url = process.env.DATABASE_URL ?? findStack()?.database;
  if (url) return url;
  throw new Stop('Tenure is not running on this data folder: start it with npm start, or set DATABASE_URL.');
}
