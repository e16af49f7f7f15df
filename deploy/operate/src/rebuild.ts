import { runCommand, type Command } from '@tenure/platform/command/command';
import { parseArguments } from '@tenure/platform/command/parse-arguments';
import { rebuild } from './rebuild/rebuild.js';
import { asUser } from './asking/as-user.js';

const usage = `npm run rebuild

Rebuilds what the zones show of every account from what licensing holds. It can run while everything is in use, and again
after an interruption. The exit code is 1 if it could not finish.

For a deployment elsewhere, set NATS_URL and NATS_PASSWORD (of the user operator).`;

await runCommand('Interrupted. Run it again to finish the rest.', main, usage);

async function main({ broken }: Command): Promise<number> {
  parseArguments(usage, {});
  await asUser('operator', (services) => Promise.race([rebuild(services, (line) => console.log(line)), broken]));
  return 0;
}
