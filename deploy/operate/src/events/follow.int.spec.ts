import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import {
  accountCreated,
  allEvents,
  callers,
  eventFilter,
  eventSubject,
  natsUsers,
  useChanged,
  type Caller,
  inboxPrefix,
} from '@tenure/contracts';
import { repository } from '@tenure/local/folders';
import { startNats, type Nats } from '@tenure/local/servers/nats';
import { freePort } from '@tenure/local/servers/ports';
import { eventually, Gate } from '@tenure/testing';
import { followEvents, type Wanted } from './follow.js';

const organizationId = '01990000-0000-7000-8000-000000000004';
const [first, second] = ['01990000-0000-7000-8000-000000000001', '01990000-0000-7000-8000-000000000002'] as const;
const passwords = Object.fromEntries(callers.map((name) => [name, `password-of-${name}`]));

let server: Nats;
let licensing: NatsConnection;
let operator: NatsConnection;
const children: ChildProcess[] = [];
beforeAll(async () => {
  server = await startNats({ users: natsUsers(), passwords, durable: false });
  licensing = await as('licensing');
});
beforeEach(async () => {
  operator = await as('operator');
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await operator?.close();
});
afterAll(async () => {
  await licensing?.close();
  await server?.stop();
});

const as = (user: Caller) =>
  connect({ servers: server.url, user, pass: passwords[user]!, inboxPrefix: inboxPrefix(user) });

async function tellUse(accountId: string, used: number): Promise<void> {
  const envelope = {
    id: '01990000-0000-7000-8000-000000000009',
    type: useChanged.name,
    schema: 1,
    at: '2026-11-24T10:02:31.481Z',
    organizationId,
    accountId,
    applicationId: null,
    version: used,
    cause: {},
    data: { accountId, used, contracted: 100 },
  };
  licensing.publish(eventSubject(useChanged, organizationId), JSON.stringify(envelope));
  await licensing.flush();
}

/** The lines that are said of what `tell` tells. */
async function linesOf(wanted: Wanted, tell: () => Promise<void>): Promise<string[]> {
  const lines: string[] = [];
  await followEvents(operator, wanted, (line) => lines.push(line));
  await tell();
  // What was told before this answer has arrived before it.
  await operator.flush();
  return lines;
}

it('says what happens to one account, as it happens', async () => {
  const lines = await linesOf({ account: first }, async () => {
    await tellUse(first, 1);
    await tellUse(second, 2);
    await tellUse(first, 3);
  });
  expect(lines).toEqual([
    `10:02:31.481  licensing.use.changed             account ${first} v1 | used 1, contracted 100`,
    `10:02:31.481  licensing.use.changed             account ${first} v3 | used 3, contracted 100`,
  ]);
});

it('says what happens to all, when nobody is named', async () => {
  const lines = await linesOf({}, async () => {
    await tellUse(first, 1);
    await tellUse(second, 2);
  });
  expect(lines.map((line) => line.includes(first))).toEqual([true, false]);
});

it('says which message is no event, and goes on', async () => {
  const lines = await linesOf({}, async () => {
    licensing.publish(eventSubject(useChanged, organizationId), 'nonsense');
    await tellUse(first, 4);
  });
  expect(lines).toEqual([
    `events.licensing.use.changed.${organizationId}: not an event`,
    expect.stringContaining('v4'),
  ]);
});

/** `npm run events` on that server, and what it says on standard error, as an operator sees it. */
async function following({ url }: Nats) {
  const child = starting(url);
  const said: string[] = [];
  const lines = createInterface(child.stderr).on('line', (line) => said.push(line));
  await once(lines, 'line');
  return { child, lines, said };
}

function starting(NATS_URL: string) {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [path.join(repository, 'deploy/operate/dist/events.js')], {
    env: { PATH, NODE_COMPILE_CACHE, NATS_URL, NATS_PASSWORD: passwords['operator'] },
  });
  children.push(child);
  return child;
}

it('ends by Ctrl-C also before it follows anything', async () => {
  const gate = await Gate.before(new URL(server.url).host);
  gate.hold();
  const child = starting(`nats://${gate.address}`);
  await eventually(() => expect(gate.held().toString()).toContain('CONNECT'));
  child.kill('SIGINT');
  gate.open();
  await once(child, 'close');
  gate.close();
});

it('says when it does not hear what happens, and when it does again', async () => {
  const port = await freePort();
  const start = () => startNats({ port, users: natsUsers(), passwords, durable: false });
  const before = await start();
  const { child, lines, said } = await following(before);
  await Promise.all([once(lines, 'line'), before.stop()]);
  const [after] = await Promise.all([start(), once(lines, 'line')]);
  child.kill('SIGTERM');
  const [code] = (await once(child, 'close')) as [number];
  await after.stop();
  expect([code, said]).toEqual([
    0,
    [
      'Following what happens from now on; Ctrl-C ends it.',
      'NATS is away: what happens meanwhile will not be shown.',
      'Following what happens again.',
    ],
  ]);
});

it('ends without a word once nobody reads what it says any more, as after `| head -1`', async () => {
  const { child, said } = await following(server);
  await tellUse(first, 1);
  await once(child.stdout, 'data');
  child.stdout.destroy();
  const telling = setInterval(() => void tellUse(first, 2), 20);
  const [code] = (await once(child, 'close')) as [number];
  clearInterval(telling);
  expect([code, said]).toEqual([0, ['Following what happens from now on; Ctrl-C ends it.']]);
});

it('is the right of the operator to hear every event, and to tell none', async () => {
  expect(natsUsers().find(({ user }) => user === 'operator')?.subscribe).toEqual(
    expect.arrayContaining(allEvents.map(eventFilter)),
  );
  operator.publish(eventSubject(accountCreated, organizationId), '{}');
  const [refused] = await Promise.all([firstError(operator), operator.flush()]);
  expect(refused).toMatch(/permissions violation.*publish/i);
});

async function firstError(nats: NatsConnection): Promise<string> {
  for await (const status of nats.status()) if (status.type === 'error') return status.error.message;
  return 'no error';
}
