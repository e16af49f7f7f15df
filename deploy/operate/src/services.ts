import { allRequests, isForServices } from '@tenure/contracts';
import { inWords } from '@tenure/local/supervisor/words';
import { needStack } from '@tenure/local/supervisor/stack';
import { Stop } from '@tenure/local/supervisor/stop';
import { ConfiguredInstallation, RunningInstallation, type Installation } from './services/services.js';

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
  if (command === 'list' && name === undefined) return list(installation(folder));
  if (command === 'remove' && name && asks.length === 0) return installation(folder).remove(name);
  if (command === 'add' && name && asks.length > 0) return installation(folder).add(name, asks);
  throw new Stop(usage);
}

function list({ services }: Installation): string[] {
  const lines = Object.entries(services).map(([name, asks]) => `${name}: ${asks.join(', ')}`);
  return lines.length > 0 ? lines : ['No service was added to those that Tenure comes with.'];
}

function installation(folder: string | undefined): Installation {
  if (folder !== undefined) return new ConfiguredInstallation(folder);
  const stack = needStack();
  const natsPid = stack.pid('nats');
  if (natsPid === undefined) throw new Stop('NATS is not running: try again in a moment.');
  return new RunningInstallation({ dataFolder: stack.configuration.dataFolder, nats: stack.nats, natsPid });
}
