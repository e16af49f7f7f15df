import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import {
  allocateDatapoints,
  applyChange,
  changePolicy,
  contractVersion,
  getEntitlement,
  listAccounts,
  openSubscription,
  saveLicense,
} from '@tenure/contracts';
import { pythonWith } from '@tenure/local/servers/python';
import { eventually } from './eventually.js';
import { startInstallation, type Installation } from './installation.js';
import { standardLicense } from './license.js';
import type { TestNats } from './nats.js';
import { startOwnProcess } from './own-process.js';

/** The examples of docs/using-from-your-service.md, run verbatim by a service that an operator added. */
const run = promisify(execFile);
const repository = fileURLToPath(new URL('../../../', import.meta.url));
const page = readFileSync(path.join(repository, 'docs/using-from-your-service.md'), 'utf8');
const folder = path.join(repository, `.local/guide-${process.pid}`);

function example(fence: string): string {
  const found = [...page.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].filter(([, info]) => info === fence);
  if (found.length !== 1) throw new Error(`The page has ${found.length} examples marked ${fence}.`);
  return found[0]![2]!;
}

const accountId = '01a20cbc-096f-794b-8c1b-a391dbfa3c01';
const organizationId = '01a20cbc-096f-794b-8c1b-a391dbfa3c02';
const anotherOrganizationId = '01a20cbc-096f-794b-8c1b-a391dbfa3c03';
let applications = 0;
const anApplicationId = () => `01a20cbc-096f-794b-8c1b-${String((applications += 1)).padStart(12, '0')}`;

let installation: Installation;
let nats: TestNats;
let billing: NatsConnection;
let environment: Record<string, string>;
beforeAll(async () => {
  installation = await startInstallation({
    services: ['accounts', 'licensing'],
    added: { billing: [listAccounts.name, getEntitlement.name] },
  });
  ({ nats } = installation);
  billing = await nats.connect('billing');
  const { NATS_URL, NATS_USER, NATS_PASSWORD } = nats.environment('billing');
  environment = { NATS_URL, NATS_USER, NATS_PASSWORD, ACCOUNT: accountId, PATH: process.env['PATH']! };
  mkdirSync(folder, { recursive: true });

  await (await nats.ask('operator')).ask(saveLicense, standardLicense);
  await (
    await nats.ask('workflows')
  ).ask(openSubscription, {
    applicationId: anApplicationId(),
    decidedAt: new Date().toISOString(),
    change: {
      ...{ type: 'new_account', accountId, organizationId, country: 'ES', timeZone: 'Europe/Madrid' },
      ...{ license: 'standard', datapoints: 100, rtcLines: 0, months: 12 },
    },
  });
});
afterAll(async () => {
  await installation?.close();
  rmSync(folder, { recursive: true, force: true });
});

/**
 * The arguments with which an example runs `nats`, without the prefix of the inbox that all have. The specs do over the
 * protocol what they say, as the command does, for which there is no package: building it takes minutes.
 */
async function toldNats(fence: string): Promise<string[]> {
  const script = `nats() { printf '%s\\n' "$@"; }\n${example(fence)}`;
  const { stdout } = await run('bash', ['--norc', '-euo', 'pipefail', '-c', script], { env: environment });
  const told = stdout.trimEnd().split('\n');
  expect(told.splice(-2)).toEqual(['--inbox-prefix', '_INBOX_billing']);
  return told;
}
async function requested(fence: string) {
  const [verb, subject, body, ...rest] = await toldNats(fence);
  expect([verb, rest]).toEqual(['request', []]);
  return billing.request(subject!, body, { timeout: 20_000 });
}
const python = async (fence: string) => {
  const { python, packages } = await pythonWith('nats-py');
  const env = { ...environment, PYTHONPATH: packages };
  return (await run(python, ['-c', example(fence)], { env })).stdout;
};
const contracted = async (datapoints: number) =>
  (await nats.ask('workflows')).ask(applyChange, {
    applicationId: anApplicationId(),
    decidedAt: new Date().toISOString(),
    change: { type: 'change_datapoints', accountId, datapoints },
  });

describe('the examples of the guide', () => {
  it('are all run here', () =>
    expect([...page.matchAll(/^```(\S.*)$/gm)].map(([, fence]) => fence)).toEqual([
      'sh',
      'sh',
      'sh list',
      'sh',
      'sh ask',
      'sh refused',
      'sh follow',
      'python',
      'sh pack',
      'ts',
      'python away',
      'sh next',
      'sh anew',
    ]));

  it('names an existing command, with messages that a service may ask', () => {
    const scripts = JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8')).scripts as object;
    expect(scripts).toHaveProperty('services');
    expect(page).toContain(`npm run services -- add billing ${listAccounts.name} ${getEntitlement.name}`);
  });

  it('on the command line: the accounts', async () =>
    expect((await requested('sh list')).json()).toMatchObject({ items: [] }));

  it('on the command line: an answer', async () =>
    expect((await requested('sh ask')).json()).toMatchObject({ license: 'standard', left: 100, state: 'active' }));

  it('on the command line: a refusal, with its headers', async () => {
    const refusal = await requested('sh refused');
    expect(refusal.headers?.get('Nats-Service-Error-Code')).toBe('404');
    expect(refusal.json()).toMatchObject({ code: 'not_found' });
  });

  it('on the command line: a change as it happens', async () => {
    const [verb, subject, ...rest] = await toldNats('sh follow');
    expect([verb, rest]).toEqual(['subscribe', ['--count', '1']]);
    const changes = billing.subscribe(subject!, { max: 1 });
    await billing.flush();
    await contracted(110);
    for await (const change of changes)
      expect(change.json()).toMatchObject({ type: 'licensing.entitlement.changed', accountId });
    await contracted(100);
  });

  it('in Python', async () => {
    expect(await python('python')).toBe(
      'standard: 100 datapoints left, active\nrefused, not_found: There is no such account.\n',
    );
  });

  it('in TypeScript, with the package that the page makes and a cache that follows a change', async () => {
    const pack = 'npm pack -w @tenure/contracts';
    expect(example('sh pack')).toBe(`npm run build -- -p @tenure/contracts\n${pack}\n`); // `npm test` has built it.
    const installed = path.join(folder, 'node_modules/@tenure/contracts');
    mkdirSync(installed, { recursive: true });
    await run('bash', ['-c', `${pack} --pack-destination "$1"`, 'bash', folder], { cwd: repository });
    const packed = `tenure-contracts-${contractVersion}.tgz`;
    await run('tar', ['-xzf', packed, '-C', installed, '--strip-components=1'], { cwd: folder });
    const file = path.join(folder, 'example.ts');
    writeFileSync(file, example('ts'));
    const running = startOwnProcess(path.relative(repository, file), environment);
    await eventually(() => expect(running.output()).toContain('kept: 100 left'));
    const ingestion = await nats.ask('ingestion');
    const device = { accountId, deviceId: 'meter-1', datasource: 'modbus' };
    await ingestion.ask(allocateDatapoints, { ...device, datapoints: 30 });
    expect([await running.ended, running.output()]).toEqual([
      0,
      'standard: 100 datapoints left, active\nrefused, not_found\nkept: 100 left\nchanged: 70 left\n',
    ]);
    await ingestion.ask(allocateDatapoints, { ...device, datapoints: 0 });
  });

  it('of being away: in Python, continued on the command line', async () => {
    await contracted(110);
    await contracted(100);
    for (const one of [organizationId, anotherOrganizationId])
      await (
        await nats.ask('gateway')
      ).ask(changePolicy, {
        actor: { memberId: accountId, organizationId: one, roles: ['super_admin'] },
        idempotencyKey: 'another-policy',
        policy: { offsets: ['P1M'], localTime: '10:00' },
        replaces: 1,
      });
    const changed = 'licensing.entitlement.changed ';
    const told: string[] = [];
    // It exits when nothing arrives for half a second, which a busy server may take, so it runs again until it has
    // everything.
    await eventually(async () => {
      const lines = (await python('python away')).trimEnd().split('\n');
      expect(lines.pop()).toBe('that is all for now');
      told.push(...lines);
      expect([lines, told.filter((line) => line.startsWith(changed)).length > 1]).toEqual([[], true]);
    });
    const versions = told.filter((line) => line.startsWith(changed));
    expect(versions).toEqual(versions.map((_, at) => `${changed}${at + Number(versions[0]!.split(' ')[1])}`));
    expect(told.filter((line) => line === 'licensing.policy.changed 2')).toHaveLength(2);
    await contracted(200);
    expect(await toldNats('sh next')).toEqual(['consumer', 'next', 'EVENTS', 'billing', '--count', '1']);
    const consumer = await jetstream(billing).consumers.get('EVENTS', 'billing');
    await eventually(async () => {
      const next = await consumer.next();
      next?.ack();
      expect(next?.json()).toMatchObject({ data: { contracted: 200 } });
    });

    expect(await toldNats('sh anew')).toEqual(['consumer', 'rm', 'EVENTS', 'billing', '--force']);
    await (await jetstreamManager(billing)).consumers.delete('EVENTS', 'billing');
    await eventually(async () => expect(await python('python away')).toContain(versions[0]));
    await contracted(100);
  });
});
