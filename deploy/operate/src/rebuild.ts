import { runCommand, type Command } from '@tenure/platform/command/command';
import { typed } from '@tenure/platform/command/typed';
import { rebuild } from './rebuild/rebuild.js';
import { asUser } from './asking/as-user.js';

const usage = `npm run rebuild

What the zones show of every account becomes what licensing holds. It can run while everything is in use, and again after
it was broken off. Exit code 1 when it could not be finished.

For a deployment elsewhere, set NATS_URL and NATS_PASSWORD (of the user operator).`;

await runCommand('Broken off: run it again for the rest.', main, usage);

async function main({ broken }: Command): Promise<number> {
  typed(usage, {});
  await asUser('operator', (services) => Promise.race([rebuild(services, (line) => console.log(line)), broken]));
  return 0;
}
