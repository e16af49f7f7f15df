import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { jetstream } from '@nats-io/jetstream';
import { Module } from '@nestjs/common';
import { event, eventSubject, natsUsers } from '@tenure/contracts';
import { Database, on, provideConsumer } from '@tenure/platform';
import { z } from 'zod';
import { eventually, startTestService, testDatabase, testNats } from '../index.js';
import type { TestDatabase, TestNats, TestService } from '../index.js';
import { database, keepNote, sampleUsers, SampleModule } from './sample.js';

const counted = event('accounts.thing.counted', z.object({ n: z.int() }));
const organizationId = randomUUID();

/** The database of the instance that last received each number. */
const heard = new Map<number, Database>();

@Module({
  imports: [SampleModule],
  providers: [
    provideConsumer({
      durable: 'licensing',
      inject: [Database],
      handlers: (store) => [
        on(counted, async ({ data }) => {
          await store.answers();
          heard.set(data.n, store);
        }),
      ],
    }),
  ],
})
class ListeningModule {}

const licensing = natsUsers().find(({ user }) => user === 'licensing')!;

/** A proxy in front of the database that can be cut off and restored. */
async function wayTo(url: string) {
  const { hostname, port } = new URL(url);
  const open = new Set<Socket>();
  let isCut = false;
  const server = createServer((socket) => {
    if (isCut) return socket.destroy();
    const there = connect(Number(port), hostname);
    for (const end of [socket, there]) {
      open.add(end);
      end.on('error', () => undefined).once('close', () => open.delete(end));
    }
    return socket.pipe(there).pipe(socket);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const way = new URL(url);
  way.hostname = '127.0.0.1';
  way.port = String((server.address() as AddressInfo).port);
  const cut = () => {
    isCut = true;
    for (const socket of open) socket.destroy();
  };
  return {
    url: way.href,
    cut,
    mend: () => (isCut = false),
    close: () => (cut(), server.close()),
  };
}

describe('an instance that cannot reach its database', () => {
  let nats: TestNats;
  let test: TestDatabase;
  let ways: Awaited<ReturnType<typeof wayTo>>[];
  let instances: TestService[];
  beforeAll(async () => {
    [nats, test] = await Promise.all([testNats({ users: sampleUsers(licensing) }), testDatabase(database)]);
    ways = [await wayTo(test.url), await wayTo(test.url)];
    instances = await Promise.all(
      ways.map(({ url }) =>
        startTestService({
          service: 'licensing',
          module: ListeningModule,
          database: test,
          nats,
          environment: { DATABASE_URL: url },
        }),
      ),
    );
  });
  afterEach(() => ways.forEach((way) => way.mend()));
  afterAll(async () => {
    await Promise.all(instances?.map((instance) => instance.close()) ?? []);
    for (const way of ways ?? []) way.close();
    await test?.close();
    await nats?.close();
  });

  const ask = () => instances[0]!.ask('gateway').ask(keepNote, { id: randomUUID(), organizationId, text: 'a' });
  /** If two instances accept requests, the chance that a given one gets none of forty is one in 10¹². */
  const askOften = () => Promise.all(Array.from({ length: 40 }, ask));
  const answered = async (instance: TestService) =>
    Number(/^tenure_requests_total\{outcome="ok"\} (\d+)$/m.exec(await instance.health.metrics.text())![1]);

  it('leaves requests to an instance that can, and accepts its share again once it can reach it', async () => {
    const [first] = instances;
    ways[0]!.cut();
    await eventually(askOften);
    const before = await answered(first!);
    await askOften();
    expect(await answered(first!)).toBe(before);
    ways[0]!.mend();
    await eventually(async () => {
      await askOften();
      expect(await answered(first!)).toBeGreaterThan(before);
    });
  });

  it('if no other instance can either, lets callers learn immediately that nobody answers, until one can again', async () => {
    ways.forEach((way) => way.cut());
    await eventually(() =>
      expect(ask()).rejects.toMatchObject({ problem: { detail: expect.stringMatching(/nobody|no one/i) } }),
    );
    ways.forEach((way) => way.mend());
    await eventually(askOften);
  });

  it('returns its events to an instance that can, and receives its share again once it can reach it', async () => {
    const publish = async (n: number) => {
      const envelope = {
        ...{ id: randomUUID(), type: counted.name, schema: 1, at: new Date().toISOString(), organizationId },
        ...{ accountId: randomUUID(), applicationId: null, version: 1, cause: {}, data: { n } },
      };
      await jetstream(await nats.connect()).publish(eventSubject(counted, organizationId), JSON.stringify(envelope));
    };
    const first = instances[0]!.get(Database);
    const firstHears = () =>
      eventually(async () => {
        await publish(1_000);
        expect([...heard.values()]).toContain(first);
      });
    await firstHears();
    heard.clear();
    ways[0]!.cut();
    const numbers = Array.from({ length: 40 }, (_, n) => n);
    await Promise.all(numbers.map(publish));
    await eventually(() => expect(numbers.filter((n) => !heard.has(n))).toEqual([]));
    heard.clear();
    ways[0]!.mend();
    await firstHears();
  });

  it('is not one whose database refuses further connections, since that database is reachable', async () => {
    const { name } = (await test.sql<{ name: string }>('select current_database() as name'))[0]!;
    await test.sql(`alter database "${name}" connection limit 0`);
    const reachable = instances[0]!.get(Database).isReachable();
    await expect(reachable.finally(() => test.sql(`alter database "${name}" connection limit -1`))).resolves.toBe(true);
    ways[0]!.cut();
    expect(await instances[0]!.get(Database).isReachable()).toBe(false);
    ways[0]!.mend();
  });
});
