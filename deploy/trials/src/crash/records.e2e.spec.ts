import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { subscriptionWorkflowId, applicationWorkflowId, type Caller } from '@tenure/contracts';
import { addDays, addMonths, localDate } from '@tenure/lifecycle';
import { startOwnProcess, whenATestFails, type OwnProcess } from '@tenure/testing';
import { localFolder } from '@tenure/local/folders';
import { decideAndWait, moveClock, timeline } from '@tenure/local/api/calls';
import { given } from '@tenure/local/api/person';
import { until } from '@tenure/platform/command/until';
import { verify } from '@tenure/operate/verify/verify';
import { madeAccounts } from '../made-up/made-accounts.js';
import { Stage } from './stage.js';
import { recipientOf, toldTwice } from '../tour/letters.js';

const today = localDate(new Date(), 'Europe/Madrid');

let stage: Stage;
let folder: string;
beforeAll(async () => {
  stage = await Stage.set('records');
  whenATestFails(() => stage.seen());
  folder = mkdtempSync(path.join(localFolder, 'records-'));
});
afterAll(async () => {
  await stage?.strike();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

type Name = 'import' | 'export' | 'restore';

/** Starts a command as the operator of a remote deployment does. */
function starts(name: Name, ...args: string[]): OwnProcess {
  const user: Caller = name === 'restore' ? 'operator' : 'importer';
  const { temporal, natsUser } = stage.stack;
  const { servers, pass } = natsUser(user);
  const environment = { NATS_URL: servers, NATS_PASSWORD: pass, TEMPORAL_ADDRESS: temporal };
  return startOwnProcess(`deploy/operate/dist/${name}.js`, environment, { args });
}
async function command(name: Name, ...args: string[]) {
  const running = starts(name, ...args);
  return { code: await running.ended, out: running.output() };
}
/** Starts an import and kills it with `kill -9` when it is time. */
async function killImport(csv: string, isTime: () => Promise<boolean>): Promise<void> {
  const running = starts('import', csv);
  await until(isTime, (yes) => yes);
  running.kill();
  expect(await running.ended).toBe('SIGKILL');
}
const fileOf = (name: string, text: string) => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
};

interface Told {
  key: string;
  status: string;
}
/** Every notice about accounts' terms, with its status. */
const notices = () =>
  stage.rows<Told>(`select key, status from notifications.notices where term_number is not null order by key`);
const hasEnded = ({ status }: Told) => status !== 'planned';
/**
 * The notices about terms, once as many have ended as an import's summary promised: workflows request them after the
 * import.
 */
async function noticesPromisedBy(summary: string): Promise<Told[]> {
  const { sent, skipped } = promisedIn(summary);
  const all = await until(notices, (told) => told.length >= sent + skipped && told.every(hasEnded));
  expect([all.filter(({ status }) => status === 'sent').length, all.length]).toEqual([sent, sent + skipped]);
  return all;
}
/** How many notices are sent immediately, and how many never, by the summary of an import. */
function promisedIn(summary: string): { sent: number; skipped: number } {
  const [, atOnce = ''] = /^ +now +(.*)/m.exec(summary) ?? [];
  const [, never = ''] = /never +(\d+) /.exec(summary) ?? [];
  const kinds = atOnce.matchAll(/(\d+) (?:one month before|one week before|final notice)/g);
  return { sent: [...kinds].reduce((sum, [, many]) => sum + Number(many), 0), skipped: Number(never) };
}
const accountNamed = async (name: string) =>
  (
    await stage.rows<{ account_id: string }>('select account_id from accounts.accounts where account_name = $1', [name])
  )[0]!.account_id;
const byKey = (one: Told, other: Told) => (one.key < other.key ? -1 : 1);
const count = async (table: string) =>
  Number((await stage.rows<{ n: string }>(`select count(*) as n from ${table}`))[0]!.n);

/** Kills a process and waits until it is restarted. */
async function kill(name: string): Promise<void> {
  const before = stage.stack.pid(name)!;
  process.kill(before, 'SIGKILL');
  await until(
    async () => stage.stack.pid(name),
    (pid) => pid !== undefined && pid !== before,
  );
}

const temporalFolder = () => path.join(stage.stack.configuration.dataFolder, 'temporal');

/** Works with Temporal's files while Temporal is down. */
async function withoutTemporal(work: () => void): Promise<void> {
  const startTemporal = await stage.stack.kill('temporal');
  work();
  await startTemporal();
  await workerReady();
}

const loseTemporal = () =>
  withoutTemporal(() => {
    for (const end of ['', '-wal', '-shm'])
      rmSync(path.join(temporalFolder(), `temporal.sqlite${end}`), { force: true });
  });

const workerReady = () =>
  until(
    async () => stage.stack.pid('workflows') !== undefined && (await isReady()),
    (yes) => yes,
  );
async function isReady(): Promise<boolean> {
  const { workflowsHealth } = stage.stack.configuration.ports;
  return fetch(`http://127.0.0.1:${workflowsHealth}/ready`).then(
    ({ status }) => status === 200,
    () => false,
  );
}

const made = madeAccounts(40, { organization: 'Solar Partner', today });
/** An account in its last week: its reminder is sent immediately. */
const due = `Solar Partner,DUE,Nearly over,Customer,plus,100,0,hotel,ES,Europe/Madrid,${addMonths(addDays(today, 5), -12)},12,,office@customer.example`;
/** The header line is that of the made accounts. */
const file = () => fileOf('accounts.csv', `${made}${due}\n`);

it('a file with invalid lines creates nothing; each is listed with line, column and reason, and can be corrected and imported', async () => {
  const wrong = fileOf(
    'wrong.csv',
    `${made}Solar Partner,X,Wrong,Customer,gold,5,0,hotel,ES,Europe/Madrid,${today},12,,office\n`,
  );
  const { code, out } = await command('import', wrong);
  expect([code, out]).toEqual([
    1,
    expect.stringMatching(/41 lines: 40 accounts to create, 0 already there, 1 wrong\./),
  ]);
  expect(out).toMatch(/^42 +datapoints +5 +Enter at least 20\.$/m);
  expect(out).toMatch(/^42 +extra_addresses +office +office: This has to be an e-mail address\.$/m);
  expect(out).toContain('Nothing was created');
  expect(await count('accounts.accounts')).toBe(0);
  const rejects = readFileSync(path.join(folder, 'wrong.rejects.csv'), 'utf8');
  const corrected = fileOf(
    'corrected.csv',
    rejects.replace(',gold,5,', ',plus,50,').replace(/office\r\n$/, 'office@customer.example\r\n'),
  );
  expect((await command('import', corrected, '--dry-run')).out).toContain('1 line: 1 account to create');
});

it('an import creates each account once, sends what is due and nothing else, and starts the workflows', async () => {
  const dry = await command('import', file(), '--dry-run');
  expect(dry.out).toContain('41 lines: 41 accounts to create, 0 already there, 0 wrong.');
  expect(dry.out).toContain('39 active, 2 expired already.');
  expect(await count('accounts.accounts')).toBe(0);

  const { code, out } = await command('import', file());
  expect([code, out]).toEqual([0, expect.stringMatching(/^41 accounts created in/m)]);
  await stage.allHeard();
  await stage.quiet();
  const accountId = await accountNamed('Nearly over');
  expect(await stage.statusOf(subscriptionWorkflowId(accountId), 'RUNNING')).toBe('RUNNING');
  expect(await noticesPromisedBy(dry.out)).toContainEqual({ key: `${accountId}/1/P7D`, status: 'sent' });
  const letters = await stage.mailbox.named('Nearly over');
  expect(letters.map(recipientOf)).toContain('office@customer.example');

  const again = await command('import', file());
  expect([again.code, again.out]).toEqual([0, expect.stringContaining('0 accounts to create, 41 already there')]);
  expect(await count('accounts.accounts')).toBe(41);
  expect((await verify(stage.stack.database, () => {})).offenders).toBe(0);
});

it("after the loss of Temporal's database everything runs again from the records, and people get each e-mail once", async () => {
  const accountId = await accountNamed('Nearly over');
  const waiting = await stage.apply({
    ...{ type: 'new_account', accountName: 'Waiting', customerName: 'Customer', license: 'plus' },
    ...{ datapoints: 20, sector: 'hotel' },
  });
  await stage.allHeard();
  await stage.quiet();
  const before = await notices();

  await loseTemporal();
  const { code, out } = await command('restore');
  expect([code, out]).toEqual([
    0,
    expect.stringContaining('1 application should have a running workflow: 0 had one, 1 was started.'),
  ]);
  expect(out).toContain('39 subscriptions should have a running workflow: 0 had one, 39 were started.');
  expect(await stage.statusOf(applicationWorkflowId(waiting.applicationId), 'RUNNING')).toBe('RUNNING');
  expect((await command('restore')).out).toContain(
    '39 subscriptions should have a running workflow: 39 had one, 0 were started.',
  );
  await stage.quiet();
  expect(await notices()).toEqual(before);

  given(await moveClock(stage.people.sofia, accountId, { days: 7 }));
  await stage.quiet();
  const { moments } = given(await timeline(stage.people.sofia, accountId));
  expect(moments.map(({ kind, status }) => [kind, status])).toEqual([
    ['P1M', 'skipped'],
    ['P7D', 'sent'],
    ['P0D', 'sent'],
    ['expired', 'sent'],
  ]);
  expect(toldTwice(await stage.mailbox.named(''))).toEqual([]);
});

it('after Temporal was set back to an earlier time everything runs again from the records once it is terminated, and people get each e-mail once', async () => {
  const decided = await stage.apply({
    ...{ type: 'new_account', accountName: 'Decided in the gap', customerName: 'Customer', license: 'plus' },
    ...{ datapoints: 20, sector: 'hotel' },
  });
  await stage.statusOf(applicationWorkflowId(decided.applicationId), 'RUNNING');
  const copy = `${temporalFolder()}-copy`;
  await withoutTemporal(() => cpSync(temporalFolder(), copy, { recursive: true }));
  given(await decideAndWait(stage.people.clara, decided.applicationId, { verdict: 'approve', seen: null }));
  const { status, accountId } = await stage.ended(decided.applicationId);
  expect(status).toBe('fulfilled');
  await stage.allHeard();
  await stage.quiet();
  const before = await notices();

  await withoutTemporal(() => {
    rmSync(temporalFolder(), { recursive: true });
    cpSync(copy, temporalFolder(), { recursive: true });
  });
  expect(await stage.statusOf(applicationWorkflowId(decided.applicationId), 'RUNNING')).toBe('RUNNING');
  await terminateAll();
  expect((await command('restore')).out).toContain(
    '39 subscriptions should have a running workflow: 0 had one, 39 were started.',
  );
  expect(await stage.statusOf(applicationWorkflowId(decided.applicationId), 'COMPLETED')).toBe('COMPLETED');
  given(await moveClock(stage.people.sofia, accountId!, { toNextMoment: true }));
  await stage.quiet();
  expect(await notices()).toEqual([...before, { key: `${accountId}/1/P1M`, status: 'sent' }].toSorted(byKey));
  expect(toldTwice(await stage.mailbox.named(''))).toEqual([]);
});

it('an export that is imported into an empty installation is exported again unchanged', async () => {
  const exported = path.join(folder, 'exported.csv');
  expect((await command('export', exported)).code).toBe(0);
  const first = readFileSync(exported, 'utf8');
  expect(first.split('\r\n')).toHaveLength(1 + 42 + 1);
  expect(first).toContain(',"office-1@customer.example (es), site-1@customer.example (en)"\r\n');

  await stage.rows(`truncate accounts.accounts, accounts.contracts, accounts.account_names, accounts.applications,
      licensing.subscriptions, licensing.terms, licensing.entitlements, licensing.renewals, licensing.steps,
      notifications.notices cascade`);
  await loseTemporal();
  const imported = await command('import', exported);
  expect(imported).toMatchObject({ code: 0, out: expect.stringContaining('42 accounts created') });
  const { out } = await command('export');
  expect(out).toBe(first);
  await stage.allHeard();
  await stage.quiet();
  await noticesPromisedBy(imported.out);
});

it('an import that is killed together with services continues: each account exists once, runs once, and nobody is notified', async () => {
  // More than one batch.
  const many = 112;
  const lines = Array.from(
    { length: many },
    (_, at) => `Solar Partner,,Killed ${at},C,essential,20,0,hotel,ES,Europe/Madrid,${today},12,,`,
  );
  const csv = fileOf('killed.csv', [made.split('\n')[0], ...lines, ''].join('\n'));
  const stored = `accounts.accounts where account_name like 'Killed %'`;
  const told = async () => ({ notices: await notices(), emails: (await stage.mailbox.named('')).length });
  const before = await told();

  for (const [dies, point, seen] of [
    ['accounts', 'accounts.import.prepared', 0],
    ['licensing', 'licensing.imported', 0],
    ['accounts', 'accounts.import.shown', 100],
  ] as const) {
    await stage.arm(dies, point);
    await killImport(csv, async () => stage.said.length > 0);
    await stage.survived(dies);
    // Otherwise accounts would wait for licensing's answer before it ends.
    if (dies === 'licensing') await kill('accounts');
    expect(await count(`${stored} and created_at is not null`)).toBe(seen);
  }
  // It waits for the workflows to be started, so without a worker it cannot end before it is killed.
  const startWorker = await stage.stack.kill('workflows');
  await killImport(csv, async () => (await count(`${stored} and created_at is not null`)) === many);
  await startWorker();

  const { code, out } = await command('import', csv);
  expect([code, out]).toEqual([0, expect.stringContaining('112 lines: 0 accounts to create, 112 already there')]);
  await stage.allHeard();
  await stage.quiet();
  const accounts = await stage.rows<{ id: string }>(`select account_id as id from ${stored}`);
  const ids = accounts.map(({ id }) => id);
  const eachOnce = ids.map((id) => ({ id })).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  expect(ids).toHaveLength(many);
  for (const table of [`accounts.audit where action = 'account.imported' and`, 'licensing.terms where'])
    expect(
      await stage.rows(`select account_id as id from ${table} account_id = any($1) order by account_id`, [ids]),
    ).toEqual(eachOnce);
  expect(await runs(ids)).toEqual(eachOnce.map(({ id }) => `${subscriptionWorkflowId(id)} RUNNING`));
  expect(await told()).toEqual(before);
  expect((await verify(stage.stack.database, () => {})).offenders).toBe(0);
}, 600_000);

/** Ends every workflow, as the runbook does with Temporal's command line. */
async function terminateAll(): Promise<void> {
  const { connection, options } = stage.temporal;
  const query = `ExecutionStatus = 'Running'`;
  await connection.workflowService.startBatchOperation({
    ...{ namespace: options.namespace, visibilityQuery: query, jobId: randomUUID(), reason: 'set back' },
    terminationOperation: {},
  });
  await until(
    () => stage.temporal.workflow.count(query),
    ({ count: running }) => running === 0,
  );
}

/** Every run that these accounts' workflows ever had; Temporal's list lags slightly. */
function runs(accountIds: string[]): Promise<string[]> {
  const mine = new Set(accountIds.map(subscriptionWorkflowId));
  return until(
    async () => {
      const found: string[] = [];
      for await (const { workflowId, status } of stage.temporal.workflow.list({
        query: `WorkflowType = 'subscription'`,
        pageSize: 1_000,
      }))
        if (mine.has(workflowId)) found.push(`${workflowId} ${status.name}`);
      return found.toSorted();
    },
    (found) => found.length >= mine.size,
  );
}
