import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AckPolicy, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { callers, eventStream } from '@tenure/contracts';
import { makeCertificate } from '@tenure/testing';
import { repository } from '@tenure/local/folders';
import { findBinary, natsServerBinary } from '@tenure/local/servers/binaries';
import { freePort } from '@tenure/local/servers/ports';
import { startServerProcess, type ServerProcess } from '@tenure/local/servers/server-process';
import { writeAddedServices } from '@tenure/platform/command/added-services';
import { until } from '@tenure/platform/command/until';
import { passwordVariable } from './production-users.js';
import { ConfiguredInstallation } from './services.js';

/** JetStream's state of a stream. */
interface StreamAnswer {
  cluster?: { leader?: string; replicas?: { name: string; current: boolean }[] };
}

/** Ends a hanging request. */
const patient = { timeout: 30_000 };

let folder: string;
let binary: string;
let certificate: string;
let key: string;
let ports: { client: number; monitor: number; cluster: number }[];
const useChanged = 'events.licensing.use.changed.01a20cbc-096f-794b-8c1b-a391dbfa3c97';
const password = (user: string) => `p-of-${user}`;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'nats-production-'));
  cpSync(path.join(repository, 'deploy/nats'), folder, { recursive: true });
  binary = await findBinary(natsServerBinary);
  ({ certificate, key } = makeCertificate(folder));
  ports = [];
  while (ports.length < 3)
    ports.push({ client: await freePort(), monitor: await freePort(), cluster: await freePort() });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  rmSync(path.join(folder, 'passwords.json'), { force: true });
  writeAddedServices(folder, {});
  new ConfiguredInstallation(folder).writeUsers();
});

function environment(server: number): Record<string, string> {
  const { client, monitor, cluster } = ports[server]!;
  return {
    NATS_SERVER_NAME: `nats-${server}`,
    NATS_LISTEN: `127.0.0.1:${client}`,
    NATS_MONITOR: `127.0.0.1:${monitor}`,
    NATS_STORE: path.join(folder, `store-${server}`),
    NATS_STORE_SIZE: '1GB',
    NATS_CLUSTER_LISTEN: `127.0.0.1:${cluster}`,
    NATS_CLUSTER_ROUTES: JSON.stringify(ports.map((other) => `tls://127.0.0.1:${other.cluster}`)),
    NATS_TLS_CERTIFICATE: certificate,
    NATS_TLS_KEY: key,
    NATS_TLS_AUTHORITY: certificate,
    ...Object.fromEntries([...callers, 'system'].map((user) => [passwordVariable(user), password(user)])),
  };
}
const config = () => path.join(folder, 'nats.conf');
const written = (file: string) => readFileSync(path.join(folder, file), 'utf8');
const billing = {
  add: (asks = ['licensing.entitlement.get']) => new ConfiguredInstallation(folder).add('billing', asks),
  remove: () => new ConfiguredInstallation(folder).remove('billing'),
};
const passwordIn = (answer: string[]) => /^NATS_PASSWORD=(.+)$/m.exec(answer.join('\n'))?.[1];
const tried = (env: Record<string, string>) => spawnSync(binary, ['-t', '-c', config()], { env, encoding: 'utf8' });

describe('the configuration of production servers', () => {
  it('is accepted by a real server', () =>
    expect(tried(environment(0))).toMatchObject({ status: 0, stderr: expect.stringContaining('is valid') }));

  it.each([passwordVariable('gateway'), passwordVariable('system'), 'NATS_TLS_KEY', 'NATS_CLUSTER_ROUTES'])(
    'is refused without %s',
    (name) => {
      const { [name]: _, ...rest } = environment(0);
      const { status, stderr } = tried(rest);
      expect([status, stderr]).toEqual([1, expect.stringContaining(`variable reference for '${name}'`)]);
    },
  );

  it('holds no password', () => {
    const passwords = [...written('users.conf').matchAll(/password: (\S+),/g)].map(([, password]) => password);
    expect(passwords).toEqual(callers.map((user) => `$${passwordVariable(user)}`));
  });

  it('accepts a service that one command adds, and holds only a hash of its password', async () => {
    const password = passwordIn(await billing.add());
    expect(tried(environment(0)).status).toBe(0);
    expect(written('users.conf') + written('passwords.json')).not.toContain(password);
    const before = written('passwords.json');
    expect(passwordIn(await billing.add(['accounts.account.get', 'licensing.entitlement.get']))).toBeUndefined();
    expect(written('passwords.json')).toBe(before);
    await billing.remove();
    expect([written('passwords.json'), tried(environment(0)).status]).toEqual(['{}\n', 0]);
  });

  it('takes the password of a service that an earlier version added from the environment', () => {
    writeAddedServices(folder, { billing: ['licensing.entitlement.get'] });
    new ConfiguredInstallation(folder).writeUsers();
    expect(tried(environment(0)).status).toBe(1);
    expect(tried({ ...environment(0), NATS_PASSWORD_BILLING: 'p1' }).status).toBe(0);
  });
});

describe('three of them', () => {
  const servers: ServerProcess[] = [];
  const as = (user: string, server = 0, pass = password(user)): Promise<NatsConnection> =>
    connect({
      servers: `127.0.0.1:${ports[server]!.client}`,
      user,
      pass,
      inboxPrefix: `_INBOX_${user}`,
      tls: { caFile: certificate },
      reconnect: false,
    });
  beforeAll(async () => {
    const starting = ports.map((_, server) =>
      startServerProcess({
        name: `nats-${server}`,
        command: binary,
        args: ['-c', config()],
        env: environment(server),
        log: path.join(folder, `nats-${server}.log`),
        // Healthy once JetStream has a leader.
        ready: async () =>
          (await fetch(`http://127.0.0.1:${ports[server]!.monitor}/healthz`).catch(() => undefined))?.ok ?? false,
      }),
    );
    servers.push(...(await Promise.all(starting)));
    const nats = await as('licensing');
    await ofStream(nats, 'CREATE', { name: eventStream.name, subjects: eventStream.subjects, num_replicas: 3 });
    await nats.close();
  });
  afterAll(() => Promise.all(servers.map((server) => server.stop())));

  const ofStream = async (nats: NatsConnection, verb: string, body: object): Promise<StreamAnswer> =>
    (await nats.request(`$JS.API.STREAM.${verb}.${eventStream.name}`, JSON.stringify(body), patient)).json();

  it('store each event three times, and keep working without one of them', async () => {
    const nats = await as('licensing');
    const { cluster } = await until(
      () => ofStream(nats, 'INFO', {}),
      ({ cluster }) => cluster?.replicas?.length === 2 && cluster.replicas.every(({ current }) => current),
    );
    expect([cluster!.leader, ...cluster!.replicas!.map(({ name }) => name)].sort()).toEqual([
      'nats-0',
      'nats-1',
      'nats-2',
    ]);
    await servers[2]!.stop();
    const taken = await until(
      () =>
        nats.request(useChanged, '{}', { timeout: 1_000 }).then(
          (answer) => answer.json<{ seq: number }>(),
          () => ({ seq: 0 }),
        ),
      ({ seq }) => seq > 0,
    );
    expect(taken).toMatchObject({ stream: eventStream.name });
    await nats.close();
  });

  it('drop a silently lost client within 40 seconds', async () => {
    const said = await fetch(`http://127.0.0.1:${ports[0]!.monitor}/varz`);
    expect(await said.json()).toMatchObject({ ping_interval: 10e9, ping_max: 2 });
  });

  it('give each user the rights of the contracts', async () => {
    const nats = await as('ingestion', 1);
    await expect(nats.request('licensing.subscription.open.ingestion', '{}', patient)).rejects.toThrow(
      'Permissions Violation',
    );
    await expect(nats.request('accounts.account.get.ingestion', '{}', patient)).rejects.toThrow('no responders');
    await nats.close();
  });

  it('let a platform service ask and follow what it may, whichever servers it and the others use', async () => {
    const [licensing, ingestion] = await Promise.all([as('licensing'), as('ingestion', 1)]);
    licensing.subscribe('licensing.entitlement.get.*', { callback: (_, message) => void message.respond('{}') });
    await licensing.flush();
    const ask = () => ingestion.request('licensing.entitlement.get.ingestion', '{}', patient);
    // A server learns of subscriptions at another one with a short delay.
    const answer = await until(
      () => ask().then((answer) => answer.string(), String),
      (text) => !text.includes('no responders'),
    );
    expect(answer).toBe('{}');

    await licensing.request(useChanged, '{}', patient);
    const manager = await jetstreamManager(ingestion, { timeout: 30_000 });
    await manager.consumers.add(eventStream.name, {
      durable_name: 'ingestion',
      ack_policy: AckPolicy.Explicit,
      filter_subject: 'events.licensing.>',
    });
    const consumer = await manager.jetstream().consumers.get(eventStream.name, 'ingestion');
    const event = await consumer.next({ expires: 30_000 });
    expect([event?.subject, event?.string(), await event?.ackAck(patient)]).toEqual([useChanged, '{}', true]);
    await Promise.all([licensing.close(), ingestion.close()]);
  });

  it('refuse connections without TLS, or with another user’s password', async () => {
    const servers = `127.0.0.1:${ports[0]!.client}`;
    await expect(
      connect({
        servers,
        user: 'ingestion',
        pass: password('gateway'),
        tls: { caFile: certificate },
        reconnect: false,
      }),
    ).rejects.toThrow(/authorization/i);
    await expect(
      connect({ servers, user: 'ingestion', pass: password('ingestion'), reconnect: false }),
    ).rejects.toThrow(/certificate/i);
  });

  it('let in a service that was added, and then only with its new password, by reloads that close no other connection', async () => {
    const reload = () => spawnSync(binary, ['--signal', `reload=${servers[0]!.pid}`]);
    const others = await Promise.all([as('gateway'), as('ingestion')]);
    const connections = () => Promise.all(others.map((nats) => nats.flush().then(() => nats.info!.client_id)));
    const before = await connections();

    const first = passwordIn(await billing.add());
    reload();
    const connected = await until(() => as('billing', 0, first).catch(() => undefined), Boolean);
    await expect(connected!.request('licensing.entitlement.get.billing', '{}', patient)).rejects.toThrow('responders');
    await expect(as('billing', 0, `${first}0`)).rejects.toThrow(/authorization/i);

    await billing.remove();
    const second = passwordIn(await billing.add());
    reload();
    await connected!.closed();
    await (await as('billing', 0, second)).close();
    await expect(as('billing', 0, first)).rejects.toThrow(/authorization/i);
    expect(await connections()).toEqual(before);
    await Promise.all(others.map((nats) => nats.close()));
  });

  it('keep the servers’ own account from every user of Tenure', async () => {
    const nats = await as('operator', 1);
    await expect(nats.request('$SYS.REQ.SERVER.PING', '', patient)).rejects.toThrow('Permissions Violation');
    await nats.close();
  });
});
