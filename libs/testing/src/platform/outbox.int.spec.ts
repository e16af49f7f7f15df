import { randomUUID } from 'node:crypto';
import { MikroORM } from '@mikro-orm/postgresql';
import { jetstream } from '@nats-io/jetstream';
import { Logger } from '@nestjs/common';
import { natsUsers, type Envelope } from '@tenure/contracts';
import { Database, Metrics, Nats, OutboxRelay, recordEvent, recordEvents, recordLatestEvent } from '@tenure/platform';
import { databaseOptions } from '@tenure/platform/database';
import { Client } from 'pg';
import { eventually, readMetrics, testDatabase, testNats, type TestDatabase, type TestNats } from '../index.js';
import { database as sample, noteKept, sampleUsers } from './sample.js';

const organizationId = randomUUID();
const anHour = 3_600_000;
const licensing = natsUsers().find(({ user }) => user === 'licensing')!;

/**
 * One instance of the service, as far as events go. `afterPublish` runs between the acknowledgment and the removal.
 */
interface Instance {
  database: Database;
  relay: OutboxRelay;
  pool: { on(event: 'acquire', listener: () => void): unknown };
  afterPublish: () => Promise<void>;
  stop(): Promise<void>;
}

describe('the outbox', () => {
  let test: TestDatabase;
  let nats: TestNats;
  const running: Instance[] = [];
  beforeAll(async () => {
    Logger.overrideLogger(false);
    [test, nats] = await Promise.all([testDatabase(sample), testNats({ users: sampleUsers(licensing) })]);
  });
  afterAll(async () => {
    await test?.close();
    await nats?.close();
  });
  beforeEach(async () => {
    await test.sql('truncate licensing.outbox');
    const manager = await jetstream(await nats.connect()).jetstreamManager();
    await manager.streams.purge('EVENTS').catch(() => undefined);
  });
  afterEach(async () => {
    for (const instance of running.splice(0)) await instance.stop();
    // PostgreSQL reports what a connection read and removed when the connection has ended on its side, which is later
    // than on ours.
    await eventually(async () => {
      const connections = await test.sql(
        `select from pg_stat_activity where datname = current_database() and usename = 'licensing'`,
      );
      if (connections.length > 0) throw new Error(`${connections.length} connections have not ended.`);
    });
  });

  interface Pauses {
    idle?: number;
    apart?: number;
    silent?: number;
  }
  async function anInstance({
    start = true,
    idle,
    apart,
    silent,
  }: Pauses & { start?: boolean } = {}): Promise<Instance> {
    const orm = await MikroORM.init(databaseOptions(sample, test.url));
    const { NATS_URL: url, NATS_USER: user, NATS_PASSWORD: password } = nats.environment('licensing');
    const connection = await Nats.connect({ url, user, password });
    const database = new Database(orm, 'licensing');
    const instance: Instance = {
      database,
      pool: await orm.driver.getConnection().getNativeClient(),
      relay: new OutboxRelay(
        orm,
        database,
        {
          get connected() {
            return connection.connected;
          },
          jetstream: {
            jetstreamManager: (check?: boolean) => connection.jetstream.jetstreamManager(check),
            startBatch: (...args: Parameters<Nats['jetstream']['startBatch']>) =>
              connection.jetstream.startBatch(...args),
            publish: async (...args: Parameters<Nats['jetstream']['publish']>) => {
              const acknowledged = await connection.jetstream.publish(...args);
              await instance.afterPublish();
              return acknowledged;
            },
          },
        } as unknown as Nats,
        { maxBytes: 1024 ** 2, replicas: 1 },
        idle,
        apart,
        silent,
      ),
      afterPublish: () => Promise.resolve(),
      async stop() {
        await instance.relay.beforeApplicationShutdown();
        await connection.onApplicationShutdown();
        await orm.close();
      },
    };
    running.push(instance);
    if (start) await instance.relay.onApplicationBootstrap();
    return instance;
  }

  const keep = ({ database }: Instance, ...texts: string[]) =>
    database.asService(async (em) => {
      for (const text of texts) await recordEvent(em, noteKept, { organizationId, version: 1, data: { text } });
    });
  const use = ({ database }: Instance, text: string, version: number) =>
    database.asService((em) => recordLatestEvent(em, 'use', noteKept, { organizationId, version, data: { text } }));
  const told = async () => (await nats.events()).map(({ data }) => (data as { text: string }).text);
  /** How many were published, without reading them one by one. */
  const howMany = async () => {
    const manager = await jetstream(await nats.connect()).jetstreamManager();
    return (await manager.streams.info('EVENTS')).state.messages;
  };
  const left = async () => (await test.sql('select from licensing.outbox')).length;

  /**
   * Records an event, and pauses the instance after it is sent and before it is removed. @returns the function that
   * resumes it
   */
  const holdAtSending = async (instance: Instance, text: string) => {
    const { promise: released, resolve: goOn } = Promise.withResolvers<void>();
    const sent = new Promise<void>((begun) => {
      instance.afterPublish = () => {
        begun();
        return released;
      };
    });
    await keep(instance, text);
    await sent;
    instance.afterPublish = () => Promise.resolve();
    return goOn;
  };

  /** Rows read sequentially, whatever the indexes report, and rows removed. */
  const reads = async () => {
    const [row] = await test.sql<{ read: number; removed: number }>(
      `select seq_tup_read::int as read, n_tup_del::int as removed
       from pg_stat_user_tables where relid = 'licensing.outbox'::regclass`,
    );
    return row!;
  };

  it('sends an event after its commit, without waiting for the next poll', async () => {
    const instance = await anInstance({ idle: anHour });
    for (const count of [1, 2, 3]) {
      await keep(instance, 'a');
      await eventually(async () => expect(await told()).toHaveLength(count));
    }
  });

  it('sends all together, however many are recorded together', async () => {
    const instance = await anInstance({ idle: anHour });
    const many = Array.from({ length: 1_100 }, () => ({ organizationId, version: 1, data: { text: 'a' } }));
    await instance.database.asService((em) => recordEvents(em, noteKept, many));
    await eventually(async () => expect(await howMany()).toBe(many.length));
  });

  it('immediately sends an event that somebody is waiting for, with those recorded before', async () => {
    const instance = await anInstance({ idle: anHour, apart: anHour });
    const awaited = { ...noteKept, isAwaited: true };
    for (const round of [1, 2]) {
      await keep(instance, `whenever ${round}`);
      await instance.database.asService(async (em) => {
        await recordEvent(em, awaited, { organizationId, version: 1, data: { text: `awaited ${round}` } });
        await recordEvent(em, noteKept, { organizationId, version: 1, data: { text: `with it ${round}` } });
      });
      await eventually(async () => expect(await howMany()).toBe(3 * round));
    }
    const ofEach = [1, 2].flatMap((round) => [`whenever ${round}`, `awaited ${round}`, `with it ${round}`]);
    expect(await told()).toEqual(ofEach);
  });

  it('describes the event in its envelope, on the subject of its organization', async () => {
    const instance = await anInstance();
    const [accountId, applicationId, memberId] = [randomUUID(), randomUUID(), randomUUID()];
    await instance.database.asService((em) =>
      recordEvent(em, noteKept, {
        organizationId,
        accountId,
        applicationId,
        version: 7,
        cause: { memberId },
        data: { text: 'x' },
      }),
    );
    const [envelope] = await eventually(async () => {
      const events = await nats.events();
      expect(events).toHaveLength(1);
      return events;
    });
    expect(envelope).toEqual({
      id: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/),
      type: 'licensing.note.kept',
      schema: 1,
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      organizationId,
      accountId,
      applicationId,
      version: 7,
      cause: { memberId },
      data: { text: 'x' },
    } satisfies Envelope);
  });

  it('sends events that were recorded together in order', async () => {
    const instance = await anInstance();
    const texts = Array.from({ length: 50 }, (_, index) => `note ${index}`);
    const notes = texts.map((text) => ({ organizationId, version: 1, data: { text } }));
    await instance.database.asService((em) => recordEvents(em, noteKept, notes));
    await eventually(async () => expect(await told()).toEqual(texts));
  });

  describe('with many events at once', () => {
    const texts = Array.from({ length: 60 }, (_, index) => `note ${index}`);
    const record = ({ database }: Instance) =>
      database.asService((em) =>
        recordEvents(
          em,
          noteKept,
          texts.map((text) => ({ organizationId, version: 1, data: { text } })),
        ),
      );
    /** For each event in the stream, the batch in which it came. */
    const batches = async () => {
      const manager = await jetstream(await nats.connect()).jetstreamManager();
      const { state } = await manager.streams.info('EVENTS');
      const numbers = Array.from({ length: state.messages }, (_, index) => state.first_seq + index);
      const stored = await Promise.all(numbers.map((seq) => manager.streams.getMessage('EVENTS', { seq })));
      return stored.map((message) => message?.header.get('Nats-Batch-Id'));
    };

    it('sends them as one batch, in order', async () => {
      await record(await anInstance());
      await eventually(async () => expect(await left()).toBe(0));
      expect(await told()).toEqual(texts);
      const [batch, ...others] = new Set(await batches());
      expect(batch).toMatch(/./);
      expect(others).toEqual([]);
    });

    it('sends each alone if one was sent before, and none twice', async () => {
      const instance = await anInstance({ start: false });
      await record(instance);
      const [row] = await test.sql<{ id: string; subject: string; event: string }>(
        'select id, subject, event::text as event from licensing.outbox order by position offset 30 limit 1',
      );
      await jetstream(await nats.connect()).publish(row!.subject, row!.event, { msgID: row!.id });
      await instance.relay.onApplicationBootstrap();
      await eventually(async () => expect(await left()).toBe(0));
      expect((await told()).toSorted()).toEqual(texts.toSorted());
      expect(new Set(await batches())).toEqual(new Set(['']));
    });

    it('sends the others if one of them cannot be sent', async () => {
      const instance = await anInstance({ start: false });
      await record(instance);
      await test.sql(
        `update licensing.outbox set subject = 'not.an.event'
         where position = (select position from licensing.outbox order by position offset 30 limit 1)`,
      );
      await instance.relay.onApplicationBootstrap();
      await eventually(async () => expect(await left()).toBe(1));
      expect(await told()).toEqual(texts.filter((text) => text !== 'note 30'));
    });
  });

  it('sends what another instance recorded, without being woken', async () => {
    await anInstance();
    const other = await anInstance({ start: false });
    await keep(other, 'from there');
    await eventually(async () => expect(await told()).toEqual(['from there']));
  });

  it('sends at the next start what was recorded before a crash', async () => {
    await keep(await anInstance({ start: false }), 'a', 'b');
    expect(await left()).toBe(2);
    await anInstance();
    await eventually(async () => expect(await told()).toEqual(['a', 'b']));
    await eventually(async () => expect(await left()).toBe(0));
  });

  it('reads no more than it sends, even if statistics say that the table is empty', async () => {
    const instance = await anInstance();
    const sent = (count: number) => eventually(async () => expect(await howMany()).toBe(count));
    // PostgreSQL plans again after this, and keeps the plan of a statement that was executed a few times.
    await test.sql('vacuum analyze licensing.outbox');
    const before = await reads();
    for (const count of [1, 2, 3, 4, 5, 6, 7, 8]) {
      await keep(instance, 'a');
      await sent(count);
    }
    const many = Array.from({ length: 1_500 }, (_, index) => String(index));
    await instance.database.asService((em) =>
      recordEvents(
        em,
        noteKept,
        many.map((text) => ({ organizationId, version: 1, data: { text } })),
      ),
    );

    const after = await eventually(async () => {
      const figures = await reads();
      // PostgreSQL reports what a connection read with one of its next statements.
      expect(figures.removed - before.removed).toBeGreaterThanOrEqual(8 + many.length);
      return figures;
    });
    expect(after.read - before.read).toBeLessThan(many.length);
  });

  it('sends an event that it could not remove again, and JetStream stores it once', async () => {
    const instance = await anInstance();
    let times = 0;
    instance.afterPublish = () => {
      times += 1;
      return times < 3 ? Promise.reject(new Error('crashed')) : Promise.resolve();
    };
    await keep(instance, 'a');
    await eventually(async () => expect(await left()).toBe(0));
    expect(times).toBe(3);
    expect(await told()).toEqual(['a']);
  });

  it('sends the rest of a batch if one event cannot be sent, and reports the trouble', async () => {
    const instance = await anInstance({ start: false });
    await keep(instance, 'a');
    await test.sql(`update licensing.outbox set subject = 'not.an.event'`);
    await keep(instance, 'b');
    await instance.relay.onApplicationBootstrap();
    await eventually(async () => expect(await told()).toEqual(['b']));
    await eventually(() => expect(() => instance.relay.readiness.check()).toThrow('Permissions Violation'));
    await eventually(async () => expect(await left()).toBe(1));
    await test.sql('delete from licensing.outbox');
    await eventually(() => expect(() => instance.relay.readiness.check()).not.toThrow());
  });

  describe('of latest events', () => {
    it('sends only the latest of those recorded before the relay read them', async () => {
      const instance = await anInstance({ start: false });
      for (let version = 1; version <= 5; version += 1) await use(instance, `use ${version}`, version);
      await instance.relay.onApplicationBootstrap();
      await eventually(async () => expect(await told()).toEqual(['use 5']));
    });

    it('keeps a row that changed while its earlier figure was being sent, and sends it too', async () => {
      const instance = await anInstance();
      let changed = false;
      instance.afterPublish = async () => {
        if (!changed) await use(instance, 'use 2', 2);
        changed = true;
      };
      await use(instance, 'use 1', 1);
      await eventually(async () => expect(await told()).toEqual(['use 1', 'use 2']));
      await eventually(async () => expect(await left()).toBe(0));
    });

    it('does not wait for a transaction that is changing the row', async () => {
      const instance = await anInstance();
      let finish!: () => void;
      const held = new Promise<void>((resolve) => (finish = resolve));
      let slow: Promise<void> | undefined;
      instance.afterPublish = () =>
        new Promise((resolve) => {
          if (slow) return resolve();
          slow = instance.database.asService(async (em) => {
            await recordLatestEvent(em, 'use', noteKept, { organizationId, version: 2, data: { text: 'use 2' } });
            await em.execute('select 1'); // This also sends what was sent along: from now on the row is locked.
            resolve();
            await held;
          });
        });
      await use(instance, 'use 1', 1);
      await eventually(() => expect(slow).toBeDefined());
      await keep(instance, 'other');
      await eventually(async () => expect(await told()).toEqual(['use 1', 'other']));
      finish();
      await eventually(async () => expect(await told()).toEqual(['use 1', 'other', 'use 2']));
      await eventually(async () => expect(await left()).toBe(0));
    });
  });

  it('is not read from its beginning for each event while a backup still sees sent events', async () => {
    const instance = await anInstance();
    let sent = 0;
    const send = async (count: number) => {
      const many = Array.from({ length: count }, () => ({ organizationId, version: 1, data: { text: 'a' } }));
      await instance.database.asService((em) => recordEvents(em, noteKept, many));
      sent += count;
      await eventually(async () => expect(await howMany()).toBe(sent));
    };
    const walked = async () => {
      const [row] = await test.sql<{ walked: number; removed: number }>(
        `select idx_tup_read::int as walked, n_tup_del::int as removed from pg_stat_user_indexes
         join pg_stat_user_tables using (relid) where indexrelid = 'licensing.outbox_pkey'::regclass`,
      );
      return row!;
    };
    const { removed } = await walked();
    // PostgreSQL reports what a connection read with one of its next statements.
    const said = () =>
      eventually(async () => {
        const figures = await walked();
        expect(figures.removed).toBe(removed + sent);
        return figures.walked;
      });
    const backup = new Client({ connectionString: test.url });
    await backup.connect();
    await backup.query('begin isolation level repeatable read; select 1');
    // A clock that only this test moves: once a minute the whole outbox is read after all, and a busy machine takes
    // longer than that.
    const clock = performance.now.bind(performance);
    const began = clock();
    const stands = (seconds: number) => (performance.now = () => began + seconds * 1_000);
    try {
      stands(0);
      await send(1_000);
      for (const seconds of [11, 22]) {
        stands(seconds);
        await send(1);
      }
      const before = await said();
      await send(1);
      expect((await said()) - before).toBeLessThan(500);
    } finally {
      performance.now = clock;
      await backup.end();
    }
  });

  it('is relayed by one instance at a time; another takes over when its database connection is lost', async () => {
    const [first, second] = [await anInstance(), await anInstance()];
    const senders = new Set<Instance>();
    for (const instance of [first, second]) instance.afterPublish = async () => void senders.add(instance);
    await keep(first, 'a');
    await keep(second, 'b');
    await eventually(async () => expect(await told()).toEqual(['a', 'b']));
    expect(senders.size).toBe(1);
    const leaders = () =>
      test.sql<{ pid: number }>(
        `select pid from pg_locks where locktype = 'advisory' and granted and database =
           (select oid from pg_database where datname = current_database())`,
      );
    const [leader, ...others] = await leaders();
    expect(others).toEqual([]);
    await test.sql('select pg_terminate_backend($1)', [leader!.pid]);
    await keep(second, 'c');
    await eventually(async () => expect(await told()).toEqual(['a', 'b', 'c']));
    await eventually(async () => expect(await leaders()).toHaveLength(1));
  });

  it('is relayed by another instance when the relaying one hangs but keeps its database connection', async () => {
    const hanging = await anInstance({ idle: 50, silent: 1_000 });
    const goOn = await holdAtSending(hanging, 'a');
    try {
      await keep(await anInstance(), 'b');
      await eventually(async () => expect([await told(), await left()]).toEqual([['a', 'b'], 0]));
    } finally {
      goOn();
    }
    await keep(hanging, 'c');
    await eventually(async () => expect([await told(), await left()]).toEqual([['a', 'b', 'c'], 0]));
    await eventually(() => expect(() => hanging.relay.readiness.check()).not.toThrow());
  });

  it('that another instance relays is not polled for every event by the one that recorded it', async () => {
    const instances = [await anInstance(), await anInstance()];
    let connections = 0;
    for (const { pool } of instances) pool.on('acquire', () => (connections += 1));
    for (const instance of instances) await keep(instance, 'a');
    await eventually(async () => expect(await told()).toEqual(['a', 'a']));
    connections = 0;
    const began = Date.now();
    for (let look = 0; look < 200; look += 1) await test.sql('select 1');
    // Each of the two polls once a second, however long a poll takes.
    expect(connections).toBeLessThan(10 + (2 * (Date.now() - began)) / 1_000);
  });

  it('is polled without a write once sent events are removed', async () => {
    const instance = await anInstance();
    await keep(instance, 'a');
    await eventually(async () => expect(await left()).toBe(0));
    await eventually(async () =>
      expect(
        await test.sql(
          `select query from pg_stat_activity join pg_locks using (pid)
           where locktype = 'advisory' and granted and datname = current_database()`,
        ),
      ).toEqual([{ query: expect.stringMatching(/^execute oldest\(\d+\)$/) }]),
    );
  });

  it('has no sent event left when its relay stops, not even the last', async () => {
    const instance = await anInstance();
    const goOn = await holdAtSending(instance, 'a');
    await keep(instance, 'b');
    const stopped = instance.relay.beforeApplicationShutdown();
    goOn();
    await stopped;
    expect([await told(), await left()]).toEqual([['a', 'b'], 0]);
  });

  it('is relayed again after a poll was interrupted and the connection stays', async () => {
    const instance = await anInstance();
    await keep(instance, 'a');
    await eventually(async () => expect(await told()).toEqual(['a']));
    await test.sql('begin');
    await test.sql('lock table licensing.outbox in access exclusive mode');
    await eventually(async () =>
      expect(
        await test.sql(`select pg_cancel_backend(pid) from pg_locks where not granted and locktype = 'relation'
          and database = (select oid from pg_database where datname = current_database())`),
      ).toHaveLength(1),
    );
    await test.sql('commit');
    await keep(instance, 'b');
    await eventually(async () => expect(await told()).toEqual(['a', 'b']));
  });

  it('keeps its events while NATS is unreachable, and passes none to a lost connection', async () => {
    const instance = await anInstance();
    await nats.down();
    await keep(instance, 'a');
    await eventually(() => expect(() => instance.relay.readiness.check()).toThrow('NATS is not connected'));
    expect(await left()).toBe(1);
    await nats.up();
    await eventually(async () => expect(await told()).toEqual(['a']));
    await eventually(() => expect(() => instance.relay.readiness.check()).not.toThrow());
  });

  it('reports how many events wait in it', async () => {
    const instance = await anInstance({ start: false });
    await keep(instance, 'a', 'b');
    const metrics = new Metrics();
    instance.relay.measure(metrics);
    expect(await readMetrics(metrics)).toMatch(/^tenure_outbox_messages 2$[^]*^tenure_outbox_oldest_seconds \d/m);
    await instance.relay.onApplicationBootstrap();
  });
});
