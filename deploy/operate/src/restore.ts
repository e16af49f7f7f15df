import { runCommand, type Command } from '@tenure/platform/command/command';
import { parseArguments } from '@tenure/platform/command/parse-arguments';
import { asUser } from './asking/as-user.js';
import { Backlog } from './asking/backlog.js';
import { pendingTasks } from './asking/pending-tasks.js';
import { withTemporal, type Temporal } from './asking/temporal.js';
import { ProgressLine } from './terminal/progress-line.js';
import { counted, figure } from '@tenure/platform/command/figures';
import { restore, type Restored } from './restore/restore.js';
import { kinds } from './restore/unfinished.js';

const usage = `npm run restore

Starts every workflow that should be running and is not, from the records alone: applications that are pending or being
provisioned, subscriptions that have not ended, unfinished policy changes. Running workflows are left alone, and no notice
is sent twice. Run it as often as you like.

For a deployment elsewhere, set NATS_URL, NATS_PASSWORD (of the user operator), TEMPORAL_ADDRESS and, if it is not
"tenure", TEMPORAL_NAMESPACE; if Temporal uses TLS, also the worker's settings for it (TEMPORAL_TLS, …).`;

await runCommand('Interrupted. Run it again to finish the rest.', main, usage);

async function main({ broken }: Command): Promise<number> {
  parseArguments(usage, {});
  return asUser(
    'operator',
    (services, nats) =>
      withTemporal(({ workflows, waiting }) =>
        Promise.race([restoreAll({ services, workflows, backlog: new Backlog(nats) }, waiting), broken]),
      ),
    ['TEMPORAL_ADDRESS'],
  );
}

async function restoreAll(from: Parameters<typeof restore>[1], waiting: Temporal['waiting']): Promise<number> {
  const all: Restored[] = [];
  for (const kind of kinds) {
    const progress = new ProgressLine();
    const restored = await restore(kind, from, (text) => progress.say(text));
    progress.end();
    for (const line of told(restored)) console.log(line);
    all.push(restored);
  }
  if (all.some(({ started, lookedAt }) => started + lookedAt > 0))
    for (const line of await pendingTasks(waiting)) console.log(line);
  return all.some(({ missing }) => missing.length > 0) ? 1 : 0;
}

function told({ kind, running, started, lookedAt, missing }: Restored): string[] {
  const should = running + started + missing.length;
  return [
    `${counted(should, kind)} should have a running workflow: ${figure(running)} had one, ${figure(started)} ${started === 1 ? 'was' : 'were'} started.`,
    ...(lookedAt === 0
      ? []
      : [`Checked again, so that nobody misses a notice: ${figure(lookedAt)} that ended in the last 7 days.`]),
    ...(missing.length === 0
      ? []
      : [
          `Could not be started: ${figure(missing.length)}`,
          ...missing.slice(0, 20).map(({ workflowId, status }) => `  ${workflowId}: ${status} in Temporal`),
          'If PostgreSQL was restored from a backup, Temporal is ahead of it: docs/operations/database-restored.md.',
        ]),
  ];
}
