import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { callers, inboxPrefix, natsUsers } from '@tenure/contracts';
import { natsConfigFile, startNats, type Nats as NatsServer } from '@tenure/local/servers/nats';
import { Nats } from '@tenure/platform';
import { connectNats } from '@tenure/platform/command/connect-nats';
import { eventually, Gate, makeCertificate, testNats } from '../index.js';

const passwords = Object.fromEntries(callers.map((name) => [name, `password-of-${name}`]));
let server: NatsServer;
beforeAll(async () => {
  server = await startNats({ users: natsUsers(), passwords, durable: false });
});
afterAll(() => server?.stop());

const operatorAt = (servers: string, pass: string) =>
  connectNats({ servers, user: 'operator', pass, inboxPrefix: inboxPrefix('operator') });

describe('a command that asks over NATS', () => {
  it('names the user whose password is refused', async () =>
    expect(operatorAt(server.url, 'password-of-billing')).rejects.toThrow(
      `NATS at ${server.url} refuses the password of the user operator. If you set NATS_URL, set NATS_PASSWORD to the password of that user.`,
    ));

  it('names the address that does not answer', async () =>
    expect(operatorAt('nats://127.0.0.1:1', 'any')).rejects.toThrow('NATS does not answer at nats://127.0.0.1:1: '));

  it('does not wait without end for a server that does not greet', async () => {
    const gate = await Gate.before(new URL(server.url).host);
    const sockets: Socket[] = [];
    gate.divert(1, (from) => sockets.push(from));
    await expect(operatorAt(`nats://${gate.address}`, 'any')).rejects.toThrow(
      /^NATS does not answer at .*: timeout\.$/,
    );
    for (const socket of sockets) socket.destroy();
    gate.close();
  });

  it('sends no password to a server without TLS if its address requires TLS', async () =>
    expect(operatorAt(server.url.replace('nats://', 'tls://'), 'password-of-operator')).rejects.toThrow(
      "server does not support 'tls'",
    ));

  it('connects to any of several servers', async () => {
    const nats = await operatorAt(`nats://127.0.0.1:1, ${server.url}`, 'password-of-operator');
    expect(nats.isClosed()).toBe(false);
    await nats.close();
  });

  it('connects with the password of its user', async () => {
    const nats = await operatorAt(server.url, 'password-of-operator');
    expect(nats.isClosed()).toBe(false);
    await nats.close();
  });
});

it('a process sends no password either to a server without TLS if its address requires TLS', async () => {
  const url = server.url.replace('nats://', 'tls://');
  await expect(Nats.connect({ url, user: 'notifications', password: 'password-of-notifications' })).rejects.toThrow(
    `NATS at ${url} does not support TLS, which its address requires.`,
  );
});

it('a server that does not answer ends the start of a process, which says why', async () =>
  await expect(Nats.connect({ url: 'nats://127.0.0.1:1', user: 'accounts', password: 'any' }, 0)).rejects.toThrow(
    'NATS does not answer at nats://127.0.0.1:1: connection refused.',
  ));

it('a process reconnects although its clock was set back by an hour', async () => {
  const restarted = await testNats();
  const nats = await Nats.connect({ url: restarted.url, user: 'test', password: 'password-of-test' });
  const { now } = Date;
  try {
    Date.now = () => now() - 3_600_000;
    await restarted.down();
    await eventually(() => expect(nats.connected).toBe(false));
    await restarted.up();
    await eventually(() => nats.checkConnected(), { within: 10_000 });
  } finally {
    Date.now = now;
    await nats.onApplicationShutdown();
    await restarted.close();
  }
});

it('a process that lost its connection and does not accept the new certificate of the server says so', async () => {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'tenure-nats-tls-'));
  const { certificate, key } = makeCertificate(dataFolder);
  const own = await startNats({ users: natsUsers(), passwords, dataFolder, durable: false });
  const nats = await Nats.connect({ url: own.url, user: 'accounts', password: passwords['accounts']! });
  try {
    await nats.checkConnected();
    appendFileSync(natsConfigFile(dataFolder), `tls { cert_file: "${certificate}", key_file: "${key}" }\n`);
    process.kill(own.pid, 'SIGHUP');
    await eventually(async () => {
      if (nats.connected) await nats.connection.reconnect();
      await expect(nats.checkConnected()).rejects.toThrow('not connected: self-signed certificate');
    });
  } finally {
    await nats.connection.close();
    await own.stop();
    rmSync(dataFolder, { recursive: true });
  }
});
