import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { Stop } from '@tenure/platform/command/stop';
import { startPostgres } from '@tenure/local/servers/postgres';
import { Gate } from '@tenure/testing';
import { withDatabase } from './with-database.js';

const noAnswer = new Stop('PostgreSQL does not answer.');

it('a command does not wait for a database that hangs, and says so in one sentence', async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket));
  await once(silent.listen(0, '127.0.0.1'), 'listening');
  const { port } = silent.address() as AddressInfo;
  const asked = withDatabase(`postgres://tenure@127.0.0.1:${port}/tenure`, () => Promise.resolve(), { answerMs: 50 });
  await expect(asked).rejects.toEqual(noAnswer);
  for (const socket of sockets) socket.destroy();
  silent.close();
});

describe('a command whose statements take long', () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  let gate: Gate;
  let url: URL;
  beforeAll(async () => {
    postgres = await startPostgres({ durable: false });
    url = new URL(postgres.url);
    gate = await Gate.before(url.host);
    url.host = gate.address;
  });
  afterEach(() => gate.open());
  afterAll(async () => {
    gate?.close();
    await postgres?.stop();
  });

  it('gets their answers while the database lives', async () => {
    const long = withDatabase(url.href, (client) => client.query('select pg_sleep(0.3)'), { lookMs: 50 });
    expect((await long).rowCount).toBe(1);
  });

  it('ends with one sentence once the database hangs', async () => {
    const asked = withDatabase(
      url.href,
      (client) => {
        gate.hold();
        return client.query('select 1');
      },
      { answerMs: 500, lookMs: 50 },
    );
    await expect(asked).rejects.toEqual(noAnswer);
  });
});
