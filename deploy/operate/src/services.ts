import { allRequests, isForServices, notAddable } from '@tenure/contracts';
import { runCommand, type Command } from '@tenure/platform/command/command';
import { Stop } from '@tenure/platform/command/stop';
import { parseArguments } from '@tenure/platform/command/parse-arguments';
import { ConfiguredInstallation, type Installation } from './services/services.js';
import { runningInstallation } from './this-machine/stack.js';

/** `npm run services`: lists, adds and removes platform services, with the messages that each may send. */
const usage = `npm run services -- list
npm run services -- add billing licensing.entitlement.get …
npm run services -- remove billing
With --folder <folder>, changes the configuration of production servers (deploy/nats); otherwise this machine.
Services may ask: ${allRequests
  .filter(isForServices)
  .map(({ name }) => name)
  .join(', ')}`;

await runCommand('Interrupted.', main, usage);

async function main({ broken }: Command): Promise<number> {
  const lines = await Promise.race([answer(), broken]);
  console.log(lines.join('\n'));
  return 0;
}

async function answer(): Promise<string[]> {
  const { values, positionals } = parseArguments(usage, {
    allowPositionals: true,
    options: { folder: { type: 'string' } },
  });
  const { folder } = values;
  const [command, name, ...asks] = positionals;
  if (command === 'list' && name === undefined) return list(await installation(folder));
  if (command === 'remove' && name && asks.length === 0) return (await installation(folder)).remove(name);
  if (command !== 'add' || !name) throw new Stop(usage);
  // Nobody needs a running stack to learn what is wrong with the arguments.
  const problems = [...notAddable({ [name]: asks }), ...(asks.length > 0 ? [] : [`What ${name} may ask is missing.`])];
  if (problems.length > 0) throw new Stop(`${problems.join('\n')}\n\n${usage}`);
  return (await installation(folder)).add(name, asks);
}

function list({ services }: Installation): string[] {
  const lines = Object.entries(services).map(([name, asks]) => `${name}: ${asks.join(', ')}`);
  return lines.length > 0 ? lines : ['No service was added besides those that Tenure defines.'];
}

async function installation(folder: string | undefined): Promise<Installation> {
  return folder === undefined ? runningInstallation() : new ConfiguredInstallation(folder);
}
