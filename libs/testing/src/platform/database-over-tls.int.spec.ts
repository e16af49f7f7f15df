import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TLSSocket, type TLSSocketOptions } from 'node:tls';
import { MikroORM } from '@mikro-orm/postgresql';
import { Database, toProblem } from '@tenure/platform';
import { databaseOptions } from '@tenure/platform/database';
import { makeCertificate, testDatabase, type TestDatabase } from '../index.js';
import { database as sample } from './sample.js';

let database: TestDatabase;
let folder: string;
let files: ReturnType<typeof makeCertificate>;
let server: Server;
const sockets = new Set<Socket>();
/** How connections arrived: over TLS or in plain text. */
const came: string[] = [];
beforeAll(async () => {
  database = await testDatabase(sample);
  folder = mkdtempSync(path.join(tmpdir(), 'database-tls-'));
  files = makeCertificate(folder);
  server = createServer((socket) => void goOn(socket));
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  server?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
  await database?.close();
});
beforeEach(() => came.splice(0));

/**
 * A proxy in front of the run's PostgreSQL, which has no certificate: answers TLS requests, and forwards everything
 * else.
 */
async function goOn(socket: Socket): Promise<void> {
  sockets.add(socket);
  socket.on('error', () => socket.destroy());
  const [first] = (await once(socket, 'data')) as [Buffer];
  // PostgreSQL's SSLRequest is eight bytes that end with this number.
  const asksForTls = first.length === 8 && first.readInt32BE(4) === 80_877_103;
  came.push(asksForTls ? 'over TLS' : 'in the open');
  const { hostname, port } = new URL(database.url);
  const onward = connect(Number(port), hostname);
  onward.on('error', () => onward.destroy());
  onward.on('close', () => socket.destroy());
  socket.on('close', () => onward.destroy());
  if (asksForTls) socket.write('S');
  else onward.write(first);
  const inner = asksForTls ? new TLSSocket(socket, { isServer: true, ...secret() }) : socket;
  inner.on('error', () => onward.destroy());
  inner.pipe(onward).pipe(inner);
}

const secret = () => ({ cert: readFileSync(files.certificate), key: readFileSync(files.key) });

/** Connects as a service does. */
async function ask(query: string, address = (server.address() as AddressInfo).port): Promise<unknown> {
  const url = new URL(database.url);
  url.port = String(address);
  url.search = query;
  const orm = await MikroORM.init(databaseOptions(sample, url.href, { connections: 1 }));
  try {
    return await new Database(orm, 'licensing').rowsAsService('select 1 as answer', []);
  } finally {
    await orm.close();
  }
}

/** Why a service gets no connection. */
const whyNot = (query: string, address?: number) =>
  ask(query, address).then(
    () => new Error('It was answered.'),
    (error: Error) => error,
  );

const answered = [{ answer: 1 }];

it('an address that requires TLS and names a trusted certificate is reached over TLS', async () => {
  expect(await ask(`?sslmode=verify-full&sslrootcert=${files.certificate}`)).toEqual(answered);
  expect(came).toEqual(['over TLS']);
});

it.each(['verify-full', 'require'])(
  'with %s, a server with an untrusted certificate receives nothing, and is `unavailable`',
  async (mode) => {
    const error = await whyNot(`?sslmode=${mode}`);
    expect(error.message).toContain('self-signed certificate');
    expect(toProblem(error).code).toBe('unavailable');
    expect(came).toEqual(['over TLS']);
  },
);

it('a connection uses the files that its address names as they are when it is opened, or the earlier ones while they cannot be read', async () => {
  const trusted = path.join(folder, 'trusted.pem');
  const url = new URL(database.url);
  url.port = String((server.address() as AddressInfo).port);
  url.search = `?sslmode=verify-full&sslrootcert=${trusted}`;
  mkdirSync(path.join(folder, 'other'));
  copyFileSync(makeCertificate(path.join(folder, 'other')).certificate, trusted);
  const orm = await MikroORM.init(databaseOptions(sample, url.href));
  const service = new Database(orm, 'licensing');
  try {
    await expect(service.answers()).rejects.toThrow('self-signed certificate');
    copyFileSync(files.certificate, trusted);
    await service.answers();
    rmSync(trusted);
    expect(await service.isReachable()).toBe(true);
  } finally {
    await orm.close();
  }
});

it('an address that requires TLS is never reached without: a server without TLS is refused, and is `unavailable`', async () => {
  const error = await whyNot('?sslmode=verify-full', Number(new URL(database.url).port));
  expect(error.message).toContain('does not support SSL');
  expect(toProblem(error).code).toBe('unavailable');
});

describe('a server whose TLS fails is `unavailable`, and the reason is what OpenSSL found, without where in its source', () => {
  const over = (socket: Socket, options: TLSSocketOptions) => new TLSSocket(socket, { isServer: true, ...options });
  it.each<[string, (socket: Socket) => unknown, string]>([
    [
      'it requires a certificate of the client',
      (socket) =>
        over(socket, { ...secret(), requestCert: true, rejectUnauthorized: true }).on('error', () => undefined),
      'TLS: tlsv13 alert certificate required',
    ],
    [
      'it goes on in plain text',
      (socket) => socket.once('data', () => socket.write('HTTP/1.1 400 Bad Request')),
      'TLS: wrong version number',
    ],
    [
      'it ends the connection',
      (socket) => socket.once('data', () => socket.end()),
      'Client network socket disconnected before secure TLS connection was established',
    ],
  ])('%s', async (_, answer, reason) => {
    const failing = createServer((socket) =>
      socket
        .on('error', () => undefined)
        .once('data', () => {
          answer(socket);
          socket.write('S');
        }),
    );
    await once(failing.listen(0, '127.0.0.1'), 'listening');
    const query = `?sslmode=verify-full&sslrootcert=${files.certificate}`;
    const error = await whyNot(query, (failing.address() as AddressInfo).port);
    failing.close();
    expect(error.message).toBe(reason);
    expect(toProblem(error).code).toBe('unavailable');
  });
});

it('an address that does not mention TLS is reached without it', async () => {
  delete process.env.PGSSLMODE; // With it, a terminal can ask for TLS.
  expect(await ask('')).toEqual(answered);
  expect(came).toEqual(['in the open']);
});

it('an address that names a missing certificate file is refused in one sentence', async () =>
  await expect(ask('?sslmode=verify-full&sslrootcert=/nowhere.pem')).rejects.toThrow(
    "The database's address names a certificate file that cannot be read: /nowhere.pem.",
  ));
