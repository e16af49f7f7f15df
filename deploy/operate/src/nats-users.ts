import path from 'node:path';
import { runCommand } from '@tenure/platform/command/command';
import { Stop } from '@tenure/platform/command/stop';
import { ConfiguredInstallation } from './services/services.js';

const usage = `npm run nats-users [-- <folder>]

Writes users.conf of the production NATS servers from the contracts and from the services.json beside it: in deploy/nats,
or in <folder>, your copy of that.`;

await runCommand('Broken off.', main);

async function main(): Promise<number> {
  const [folder = path.join(import.meta.dirname, '../../nats'), ...more] = process.argv.slice(2);
  const asksForHelp = folder === '--help' || folder === '-h';
  if (!asksForHelp && (folder.startsWith('-') || more.length > 0)) throw new Stop(usage);
  console.log(asksForHelp ? usage : `${new ConfiguredInstallation(folder).writeUsers()} is written.`);
  return 0;
}
