import { runCommand, type Command } from '@tenure/platform/command/command';
import { Stop } from '@tenure/platform/command/stop';
import { parseArguments } from '@tenure/platform/command/parse-arguments';
import { meantDatabase } from './database/meant-database.js';
import { verify } from './verify/verify.js';

const usage = `npm run verify [-- --mend]

Checks that what accounts and licensing store of every account agrees. It only reads. The exit code is 1 if something
differs, and 2 if the check could not be completed. With --mend, licensing recounts the use of accounts for which it is
not the sum of their allocations, with an entry in their audit trails. Accounts publishes again the renewals that
licensing has not received, and drops the accounts that an interrupted import has left invisible and licensing has not
opened. Then everything is checked again.

For a deployment elsewhere, set DATABASE_URL (with a role that may read all of it); for --mend also NATS_URL and
NATS_PASSWORD (of the user operator).`;

await runCommand('Interrupted.', main, usage);

async function main({ signal, broken }: Command): Promise<number> {
  try {
    return await Promise.race([look(), broken]);
  } catch (error) {
    // Rethrown, it would end with code 1, as if something differed.
    const isInWords = error instanceof Stop || 'code' in (error as Error);
    console.error('Could not verify:', isInWords ? (error as Error).message : error);
    if (signal.aborted) process.exit(2);
    return 2;
  }
}

async function look(): Promise<number> {
  const { mend: mends } = parseArguments(usage, { options: { mend: { type: 'boolean' } } }).values;
  const say = (line: string) => console.log(line);
  const database = await meantDatabase();
  let found = await verify(database, say);
  if (mends && found.miscounted.length + found.unheard.length + found.left.length > 0) {
    say('\nMending:');
    // A mere check asks no service.
    const { mend } = await import('./verify/mend.js');
    await mend(found, say);
    say('');
    found = await verify(database, say);
  }
  return found.offenders === 0 ? 0 : 1;
}
