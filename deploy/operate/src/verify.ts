import { runCommand, type Command } from '@tenure/platform/command/command';
import { Stop } from '@tenure/platform/command/stop';
import { typed } from '@tenure/platform/command/typed';
import { needStack } from './this-machine/stack.js';
import { verify } from './verify/verify.js';

const usage = `npm run verify [-- --mend]

Says whether what accounts and licensing have stored of every account agrees. It only reads, and ends with code 1 when
something does not, and with 2 when it could not be found out. With --mend, licensing counts again what those accounts
use of which that is not the sum of their allocations, with an entry in their audit trails, and accounts tells once more
of the renewals of which licensing has not heard; then it looks once more.

For a deployment elsewhere, set DATABASE_URL (of somebody who may read all of it); for --mend also NATS_URL and
NATS_PASSWORD (of the user operator).`;

await runCommand('Broken off.', main, usage);

async function main({ signal, broken }: Command): Promise<number> {
  try {
    return await Promise.race([look(), broken]);
  } catch (error) {
    // Thrown on, it would end with 1, as if something did not agree.
    const isInWords = error instanceof Stop || 'code' in (error as Error);
    console.error('It could not be verified:', isInWords ? (error as Error).message : error);
    if (signal.aborted) process.exit(2);
    return 2;
  }
}

async function look(): Promise<number> {
  const { mend: mends } = typed(usage, { options: { mend: { type: 'boolean' } } }).values;
  const say = (line: string) => console.log(line);
  const database = await databaseUrl();
  let found = await verify(database, say);
  if (mends && found.miscounted.length + found.unheard.length > 0) {
    say('\nMending:');
    // Who only looks asks no service, and does without the contracts.
    const { mend } = await import('./verify/mend.js');
    await mend(found, say);
    say('');
    found = await verify(database, say);
  }
  return found.offenders === 0 ? 0 : 1;
}

/** The database that the environment names, as somebody who may read all of it, or else the one on this machine. */
async function databaseUrl(): Promise<string> {
  return process.env.DATABASE_URL || (await needStack()).database;
}
