import path from 'node:path';
import { runCommand } from '@tenure/platform/command/command';
import { Stop } from '@tenure/platform/command/stop';
import { parseArguments } from '@tenure/platform/command/parse-arguments';
import { ConfiguredInstallation } from './services/services.js';

const usage = `npm run nats-users [-- <folder>]

Writes users.conf of the production NATS servers from the contracts and from the services.json in the same folder:
deploy/nats, or <folder>, your copy of it.`;

await runCommand('Interrupted.', main, usage);

async function main(): Promise<number> {
  const { positionals } = parseArguments(usage, { allowPositionals: true });
  const [folder = path.join(import.meta.dirname, '../../nats'), ...more] = positionals;
  if (more.length > 0) throw new Stop(`One folder at a time.\n\n${usage}`);
  console.log(`Wrote ${new ConfiguredInstallation(folder).writeUsers()}.`);
  return 0;
}
