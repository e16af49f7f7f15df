import { parseArgs } from 'node:util';
import { connect } from '@nats-io/transport-node';
import { followEvents, type Wanted } from './events/follow.js';
import { operatorCredentials } from './members/operator-access.js';
import { Stop } from './supervisor/stop.js';

const usage = `npm run events -- [--account <id>] [--application <id>] [--organization <id>]

Follows what happens, one line for each event, from now on and until Ctrl-C.
For a deployment elsewhere, set NATS_URL and NATS_PASSWORD (of the user operator).`;

try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { help, ...wanted } = readArguments();
  if (help) return console.log(usage);
  const nats = await connect({ ...operatorCredentials(), maxReconnectAttempts: -1 });
  const { closed } = await followEvents(nats, wanted, (line) => console.log(line));
  console.error('Following what happens from now on; Ctrl-C ends it.');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void nats.close());
  const error = await closed;
  if (error instanceof Error) throw error;
}

function readArguments(): Wanted & { help?: boolean } {
  const text = { type: 'string' } as const;
  const options = {
    account: text,
    application: text,
    organization: text,
    help: { type: 'boolean', short: 'h' },
  } as const;
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new Stop(`${(error as Error).message}\n\n${usage}`);
  }
}
