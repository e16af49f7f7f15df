import { runCommand, type Command } from '@tenure/platform/command/command';
import { rebuild } from './rebuild/rebuild.js';
import { asUser } from './asking/as-user.js';

/**
 * `npm run rebuild`: what the zones show of every account becomes what licensing holds. It can run while everything is in
 * use, and again after it was broken off. Exit code 1 when it could not be finished.
 */
await runCommand('Broken off: run it again for the rest.', main);

async function main({ broken }: Command): Promise<number> {
  await asUser('operator', (services) => Promise.race([rebuild(services, (line) => console.log(line)), broken]));
  return 0;
}
