import { Client as Temporal, Connection } from '@temporalio/client';
import { readTemporal, type TemporalServer } from '@tenure/platform/temporal';
import { runCommand, type Command } from '@tenure/platform/command/command';
import { Stop } from '@tenure/platform/command/stop';
import { typed } from '@tenure/platform/command/typed';
import { asUser } from './asking/as-user.js';
import { Backlog } from './asking/backlog.js';
import { ProgressLine } from './terminal/progress-line.js';
import { counted, figure } from './terminal/figures.js';
import { restore, type Restored } from './restore/restore.js';
import { kinds } from './restore/unfinished.js';
import { needStack } from './this-machine/stack.js';

const usage = `npm run restore

Starts every workflow that should be running and is not, from the records alone: applications that wait or are being
provisioned, subscriptions that have not ended, changes of policy that are not through. What runs is left alone, and
nothing is told twice. Run it as often as you like.

For a deployment elsewhere, set NATS_URL, NATS_PASSWORD (of the user operator), TEMPORAL_ADDRESS and, if it is not
"tenure", TEMPORAL_NAMESPACE; where Temporal is reached over TLS, also what the worker has for it (TEMPORAL_TLS, …).`;

await runCommand('Broken off: run it again for the rest.', main, usage);

async function main({ broken }: Command): Promise<number> {
  typed(usage, {});
  const { server, namespace } = await engine(process.env);
  const connection = await Connection.connect({ ...server }).catch((error: Error) => {
    throw new Stop(`Temporal does not answer at ${server.address}: ${error.message}.`);
  });
  try {
    const { workflow: workflows } = new Temporal({ connection, namespace });
    return await asUser('operator', (services, nats) =>
      Promise.race([restoreAll({ services, workflows, backlog: new Backlog(nats) }), broken]),
    );
  } finally {
    await connection.close();
  }
}

async function restoreAll(from: Parameters<typeof restore>[1]): Promise<number> {
  let code = 0;
  for (const kind of kinds) {
    const progress = new ProgressLine();
    const restored = await restore(kind, from, (text) => progress.say(text));
    progress.end();
    for (const line of told(restored)) console.log(line);
    if (restored.missing.length > 0) code = 1;
  }
  return code;
}

/** Of the deployment that the environment names, or else of what runs on this machine. @throws Stop */
async function engine(environment: NodeJS.ProcessEnv): Promise<{ server: TemporalServer; namespace: string }> {
  if (environment.TEMPORAL_ADDRESS) return read(environment);
  if (environment.NATS_URL !== undefined) throw new Stop('With NATS_URL, set TEMPORAL_ADDRESS too.');
  const { ports } = (await needStack()).configuration;
  return read({ ...environment, TEMPORAL_ADDRESS: `127.0.0.1:${ports.temporal}` });
}

function read(environment: NodeJS.ProcessEnv) {
  try {
    return readTemporal(environment);
  } catch (error) {
    throw new Stop((error as Error).message);
  }
}

function told({ kind, running, started, lookedAt, missing }: Restored): string[] {
  const should = running + started + missing.length;
  return [
    `${counted(should, kind)} should have a workflow that runs: ${figure(running)} had one, ${figure(started)} ${started === 1 ? 'was' : 'were'} started.`,
    ...(lookedAt === 0
      ? []
      : [`Looked at once more, so that nobody stays untold: ${figure(lookedAt)} that ended in the last 7 days.`]),
    ...(missing.length === 0
      ? []
      : [
          `Could not be started: ${figure(missing.length)}`,
          ...missing.slice(0, 20).map((id) => `  ${id}`),
          'Where PostgreSQL was restored from a backup, Temporal knows more than it: docs/operations/database-restored.md.',
        ]),
  ];
}
