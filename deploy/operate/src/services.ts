import { allRequests, isForServices } from '@tenure/contracts';
import { inWords } from '@tenure/platform/command/words';
import { Stop } from '@tenure/platform/command/stop';
import { ConfiguredInstallation, type Installation } from './services/services.js';
import { runningInstallation } from './this-machine/stack.js';

/** `npm run services`: which services of the platform were added, adding one with what it may ask, taking it away. */
const usage = `npm run services -- list
npm run services -- add billing licensing.entitlement.get …
npm run services -- remove billing
With --folder <folder> first, in the configuration of production servers (deploy/nats); else on this machine.
Services may ask: ${allRequests
  .filter(isForServices)
  .map(({ name }) => name)
  .join(', ')}`;

try {
  console.log((await answer(process.argv.slice(2))).join('\n'));
} catch (error) {
  const words = inWords(error);
  if (words === undefined) throw error;
  console.error(words);
  process.exitCode = 1;
}

async function answer(words: string[]): Promise<string[]> {
  const folder = words[0] === '--folder' ? words.splice(0, 2)[1] : undefined;
  const [command, name, ...asks] = words;
  if (command === '--help' || command === '-h') return [usage];
  if (command === 'list' && name === undefined) return list(await installation(folder));
  if (command === 'remove' && name && asks.length === 0) return (await installation(folder)).remove(name);
  if (command === 'add' && name && asks.length > 0) return (await installation(folder)).add(name, asks);
  throw new Stop(usage);
}

function list({ services }: Installation): string[] {
  const lines = Object.entries(services).map(([name, asks]) => `${name}: ${asks.join(', ')}`);
  return lines.length > 0 ? lines : ['No service was added to those that Tenure comes with.'];
}

async function installation(folder: string | undefined): Promise<Installation> {
  return folder === undefined ? runningInstallation() : new ConfiguredInstallation(folder);
}
