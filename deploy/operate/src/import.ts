import { writeFileSync } from 'node:fs';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Client } from '@tenure/contracts';
import { runCommand, type Command } from '@tenure/platform/command/command';
import { parseArguments } from '@tenure/platform/command/parse-arguments';
import { everyOrganization } from './members/everybody.js';
import { answered } from './asking/answered.js';
import { asUser } from './asking/as-user.js';
import { Backlog } from './asking/backlog.js';
import { pendingTasks } from './asking/pending-tasks.js';
import { withTemporal } from './asking/temporal.js';
import { checkLines, type Checked } from './records/check.js';
import { createAccounts } from './records/create.js';
import { ProgressLine } from './terminal/progress-line.js';
import { neededFile, readTypedFile } from './terminal/typed-file.js';
import { readFile, type Line } from './records/read-file.js';
import { rejectFile, rejectTable } from './records/rejects.js';
import { summarize, summaryLines } from './records/summary.js';
import { counted, figure } from '@tenure/platform/command/figures';

const usage = `npm run import -- <accounts.csv> [--dry-run] [--skip-rejects]

Creates the accounts of a file, with their current terms. The whole file is checked first. If a line is wrong, nothing is
created, unless --skip-rejects leaves out the wrong lines. Existing accounts are not created again: if interrupted, run it
again. --dry-run only checks. For the columns, see deploy/operate/src/records/README.md

For a deployment elsewhere, set NATS_URL and NATS_PASSWORD (of the user importer). With the Temporal settings of
npm run restore, it also reports at the end what still waits for a worker.`;

await runCommand('Interrupted. Run it again to finish the rest.', main, usage);

async function main({ broken }: Command): Promise<number> {
  const { file, isDryRun, skipsRejects } = readArguments();
  const lines = readFile(readTypedFile(file));
  const work = async (services: Client, nats: NatsConnection) => {
    const checked = await check(services, lines);
    tell(checked, lines, file);
    const { created, rejects } = checked;
    if (isDryRun) return rejects.length === 0 ? 0 : 1;
    if (rejects.length > 0 && !skipsRejects) {
      console.log('Nothing was created: correct the file, or leave out these lines with --skip-rejects.');
      return 1;
    }
    return create(services, new Backlog(nats), created);
  };
  return asUser('importer', (services, nats) => Promise.race([work(services, nats), broken]));
}

function readArguments() {
  const options = {
    'dry-run': { type: 'boolean' },
    'skip-rejects': { type: 'boolean' },
  } as const;
  const { values, positionals } = parseArguments(usage, { allowPositionals: true, options });
  return {
    file: neededFile(positionals, usage),
    isDryRun: values['dry-run'] ?? false,
    skipsRejects: values['skip-rejects'] ?? false,
  };
}

async function check(services: Client, lines: readonly Line[]): Promise<Checked> {
  const progress = new ProgressLine();
  const organizations = await answered(() => everyOrganization(services));
  const checked = await checkLines(services, lines, organizations, (many) =>
    progress.say(`${figure(many)} of ${counted(lines.length, 'line')} checked`),
  );
  progress.end();
  return checked;
}

function tell({ created, there, rejects }: Checked, lines: readonly Line[], file: string): void {
  const wrong = new Set(rejects.map(({ line }) => line)).size;
  console.log(
    `${counted(lines.length, 'line')}: ${counted(created.length, 'account')} to create, ${figure(there.length)} already there, ${figure(wrong)} wrong.`,
  );
  if (created.length > 0)
    for (const line of summaryLines(summarize(created.map(({ judged }) => judged)))) console.log(line);
  if (rejects.length === 0) return;
  const rejected = `${file.replace(/\.csv$/i, '')}.rejects.csv`;
  writeFileSync(rejected, rejectFile(rejects, lines));
  console.log(`\n${rejectTable(rejects).join('\n')}\n\nAll wrong lines, with the reasons: ${rejected}`);
}

async function create(services: Client, backlog: Backlog, accepted: Checked['created']): Promise<number> {
  const progress = new ProgressLine();
  const began = Date.now();
  const of = `of ${counted(accepted.length, 'account')} created`;
  const { created, rejects } = await createAccounts(services, backlog, accepted, (many) =>
    progress.say(`${figure(many)} ${of}`),
  );
  const createdAfter = seconds(began);
  const left = await backlog.handled((waiting) =>
    progress.say(`${figure(created)} ${of}, ${counted(waiting, 'workflow')} to start`),
  );
  progress.end();
  const after = seconds(began);
  const rate = created > 0 ? ` (${figure(Math.round(created / after))} a second)` : '';
  console.log(
    `${counted(created, 'account')} created in ${createdAfter} s; their workflows were started after ${after} s${rate}.`,
  );
  if (created > 0)
    for (const line of await pendingTasks(() => withTemporal(({ waiting }) => waiting()))) console.log(line);
  if (left > 0)
    console.log(
      `The workflows still have ${counted(left, 'event')} to process, and processed none for a minute: see npm run restore.`,
    );
  if (rejects.length === 0) return left === 0 ? 0 : 1;
  console.log(`Refused since the check:\n${rejectTable(rejects).join('\n')}`);
  return 1;
}

function seconds(since: number): number {
  return Math.max(0.1, Math.round((Date.now() - since) / 100) / 10);
}
