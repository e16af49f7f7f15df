import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TLSSocket } from 'node:tls';
import { MikroORM } from '@mikro-orm/postgresql';
import { databaseOptions } from '@tenure/platform/database';
import { makeCertificate, testDatabase, type TestDatabase } from '../index.js';
import { database as sample } from './sample.js';

let database: TestDatabase;
let folder: string;
let files: ReturnType<typeof makeCertificate>;
let server: Server;
const sockets = new Set<Socket>();
/** How the connections came: over TLS, or in the open. */
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

/** In front of the run's PostgreSQL, which has no certificate: answers what asks for TLS, and passes on what is said. */
async function goOn(socket: Socket): Promise<void> {
  sockets.add(socket);
  socket.on('error', () => socket.destroy());
  const [first] = (await once(socket, 'data')) as [Buffer];
  // PostgreSQL's SSLRequest is eight bytes that end in this number.
  const asksForTls = first.length === 8 && first.readInt32BE(4) === 80_877_103;
  came.push(asksForTls ? 'over TLS' : 'in the open');
  const { hostname, port } = new URL(database.url);
  const onward = connect(Number(port), hostname);
  onward.on('error', () => onward.destroy());
  onward.on('close', () => socket.destroy());
  socket.on('close', () => onward.destroy());
  if (asksForTls) socket.write('S');
  else onward.write(first);
  const secret = { cert: readFileSync(files.certificate), key: readFileSync(files.key) };
  const inner = asksForTls ? new TLSSocket(socket, { isServer: true, ...secret }) : socket;
  inner.on('error', () => onward.destroy());
  inner.pipe(onward).pipe(inner);
}

/** Connects as a service does. */
async function ask(query: string, address = (server.address() as AddressInfo).port): Promise<unknown> {
  const url = new URL(database.url);
  url.port = String(address);
  const orm = await MikroORM.init(databaseOptions(sample, `${url.href}${query}`, { connections: 1 }));
  try {
    return await orm.em.getConnection().execute('select 1 as answer');
  } finally {
    await orm.close();
  }
}

const answered = [{ answer: 1 }];

it('an address that asks for TLS is connected to over TLS, where it says whose certificate is believed', async () => {
  expect(await ask(`?sslmode=verify-full&sslrootcert=${files.certificate}`)).toEqual(answered);
  expect(came).toEqual(['over TLS']);
});

it.each(['verify-full', 'require'])(
  'a server that nobody vouches for is not believed with %s, and told nothing',
  async (mode) => {
    await expect(ask(`?sslmode=${mode}`)).rejects.toThrow('self-signed certificate');
    expect(came).toEqual(['over TLS']);
  },
);

it('an address that asks for TLS is never connected to in the open: a server without is refused', async () =>
  await expect(ask('?sslmode=verify-full', Number(new URL(database.url).port))).rejects.toThrow(
    'does not support SSL',
  ));

it('an address that says nothing of it is connected to as it is', async () => {
  expect(await ask('')).toEqual(answered);
  expect(came).toEqual(['in the open']);
});

it('an address that names a certificate that is not there is refused in a sentence', async () =>
  await expect(ask('?sslmode=verify-full&sslrootcert=/nowhere.pem')).rejects.toThrow(
    "The database's address names a certificate that cannot be read: /nowhere.pem.",
  ));
