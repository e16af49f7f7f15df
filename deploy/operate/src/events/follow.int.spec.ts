import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { callers, eventSubject, natsUsers, useChanged, type Caller, inboxPrefix } from '@tenure/contracts';
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

/** The lines printed for the events that `tell` publishes. */
async function linesOf(wanted: Wanted, tell: () => Promise<void>): Promise<string[]> {
  const lines: string[] = [];
  await followEvents(operator, wanted, (line) => lines.push(line));
  await tell();
  // Everything published before this answer has arrived before it.
  await operator.flush();
  return lines;
}

it('shows the events of one account as they happen', async () => {
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

it('shows the events of all accounts if none is named', async () => {
  const lines = await linesOf({}, async () => {
    await tellUse(first, 1);
    await tellUse(second, 2);
  });
  expect(lines.map((line) => line.includes(first))).toEqual([true, false]);
});

it('reports a message that is not an event, and continues', async () => {
  const lines = await linesOf({}, async () => {
    licensing.publish(eventSubject(useChanged, organizationId), 'nonsense');
    await tellUse(first, 4);
  });
  expect(lines).toEqual([
    `events.licensing.use.changed.${organizationId}: not an event`,
    expect.stringContaining('v4'),
  ]);
});

it('prints no control characters of a subject, which a terminal would execute', async () => {
  const lines = await linesOf({}, async () => {
    licensing.publish(eventSubject(useChanged, '\u001b[2J'), 'nonsense');
    await licensing.flush();
  });
  expect(lines).toEqual(['events.licensing.use.changed. [2J: not an event']);
});

/** Runs `npm run events` on that server, and collects its standard error. */
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

it('ends on Ctrl-C even before it follows anything', async () => {
  const gate = await Gate.before(new URL(server.url).host);
  gate.hold();
  const child = starting(`nats://${gate.address}`);
  await eventually(() => expect(gate.held().toString()).toContain('CONNECT'));
  child.kill('SIGINT');
  gate.open();
  await once(child, 'close');
  gate.close();
});

it('reports when it loses the connection, and when it has it again', async () => {
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
      'Following events from now on. Press Ctrl-C to stop.',
      'The connection to NATS is lost: events meanwhile will not be shown.',
      'Connected to NATS again.',
    ],
  ]);
});

it('ends silently once its output is closed, as after `| head -1`', async () => {
  const { child, said } = await following(server);
  await tellUse(first, 1);
  await once(child.stdout, 'data');
  child.stdout.destroy();
  const telling = setInterval(() => void tellUse(first, 2), 20);
  const [code] = (await once(child, 'close')) as [number];
  clearInterval(telling);
  expect([code, said]).toEqual([0, ['Following events from now on. Press Ctrl-C to stop.']]);
});
