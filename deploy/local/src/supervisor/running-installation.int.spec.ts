import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import {
  allRequests,
  callers,
  getEntitlement,
  isForServices,
  natsUsers,
  subjectFor,
  subjectOfAll,
} from '@tenure/contracts';
import { Secrets } from '../secrets.js';
import { startNats, type Nats } from '../servers/nats.js';
import { RunningInstallation } from './running-installation.js';

/** Ends a hanging request. */
const patient = { timeout: 30_000 };

let dataFolder: string;
let nats: Nats;
let installation: RunningInstallation;
let licensing: NatsConnection;
beforeAll(async () => {
  dataFolder = mkdtempSync(path.join(tmpdir(), 'services-'));
  const passwords = new Secrets(dataFolder).all('nats', callers);
  nats = await startNats({ dataFolder: path.join(dataFolder, 'nats'), users: natsUsers(), passwords, durable: false });
  installation = new RunningInstallation({ dataFolder, nats: nats.url, natsPid: nats.pid });
  licensing = await as('licensing');
  licensing.subscribe(subjectOfAll(getEntitlement), { callback: (_, message) => void message.respond('{}') });
  await licensing.flush();
});
afterAll(async () => {
  await licensing?.close();
  await nats?.stop();
  rmSync(dataFolder, { recursive: true, force: true });
});

function as(user: string): Promise<NatsConnection> {
  const pass = new Secrets(dataFolder).get(`nats.${user}`);
  return connect({ servers: nats.url, user, pass, inboxPrefix: `_INBOX_${user}`, reconnect: false });
}

it('a service is added to a running server, while others stay connected', async () => {
  await expect(connect({ servers: nats.url, user: 'metering', pass: 'a guess', reconnect: false })).rejects.toThrow(
    /authorization/i,
  );
  const told = await installation.add('metering', [getEntitlement.name]);
  expect(told).toContain('NATS_USER=metering');
  const metering = await as('metering');
  expect((await metering.request(subjectFor(getEntitlement, 'metering'), '{}', patient)).string()).toBe('{}');
  expect(licensing.isClosed()).toBe(false);
  await metering.close();
  await installation.remove('metering');
});

it('a service is shown a request that it may send', async () => {
  for (const { name, request } of allRequests.filter(isForServices)) {
    const told = (await installation.add('metering', [name])).join('\n');
    await installation.remove('metering');
    const [, shown = ''] = /^nats request \S+ '(.*)' --server/m.exec(told)!;
    expect({ name, error: request.safeParse(JSON.parse(shown)).error }).toEqual({ name, error: undefined });
  }
});

describe('an added service', () => {
  beforeEach(() => installation.add('billing', [getEntitlement.name]));
  afterEach(async () => {
    if ('billing' in installation.services) await installation.remove('billing');
  });

  it('may be granted more, and keeps its password', async () => {
    const password = new Secrets(dataFolder).get('nats.billing');
    await installation.add('billing', [getEntitlement.name, 'licensing.allocation.list']);
    expect(installation.services).toEqual({ billing: [getEntitlement.name, 'licensing.allocation.list'] });
    expect(new Secrets(dataFolder).get('nats.billing')).toBe(password);
    const billing = await as('billing');
    await expect(billing.request('licensing.allocation.list.billing', '{}', patient)).rejects.toThrow('no responders');
    await billing.close();
  });

  it('stays unchanged by an invalid addition', async () => {
    await expect(installation.add('billing', ['licensing.subscription.open'])).rejects.toThrow(
      'billing cannot ask licensing.subscription.open',
    );
    expect(installation.services).toEqual({ billing: [getEntitlement.name] });
  });

  it('loses its connections when it is removed, and cannot connect again', async () => {
    const billing = await as('billing');
    await installation.remove('billing');
    await expect(as('billing')).rejects.toThrow(/authorization/i);
    await billing.closed();
    await expect(installation.remove('billing')).rejects.toThrow('There is no added service billing.');
  });
});
