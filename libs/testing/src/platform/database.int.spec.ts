import { randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Migration } from '@mikro-orm/migrations';
import { LockMode, MikroORM, type EntityManager } from '@mikro-orm/postgresql';
import { refuse, type Actor } from '@tenure/contracts';
import { freePort } from '@tenure/local/servers/ports';
import {
  Database,
  databaseTime,
  commitWithNext,
  queryRows,
  readRow,
  readRows,
  recordEvent,
  recordLatestEvent,
  sendAlong,
  toProblem,
} from '@tenure/platform';
import { databaseOptions, runMigrations } from '@tenure/platform/database';
import { eventually, Gate, testDatabase, type TestDatabase } from '../index.js';
import { database as sample, Note, noteKept } from './sample.js';

const ours = randomUUID();
const theirs = randomUUID();
const member: Actor = { memberId: randomUUID(), organizationId: ours, roles: ['super_admin'] };
const customerSuccess: Actor = { memberId: randomUUID(), organizationId: theirs, roles: ['customer_success'] };

describe('a transaction', () => {
  let test: TestDatabase;
  let orm: MikroORM;
  let database: Database;
  beforeAll(async () => {
    test = await testDatabase(sample);
    orm = await MikroORM.init(databaseOptions(sample, test.url));
    database = new Database(orm, 'licensing');
  });
  afterAll(async () => {
    await orm?.close();
    await test?.close();
  });
  beforeEach(async () => {
    await test.sql('truncate licensing.notes, licensing.outbox');
    await database.asService((em) => add(em, note('ours', ours), note('theirs', theirs)));
  });

  const note = (text: string, organizationId: string) => ({ id: randomUUID(), organizationId, text });
  const add = async (em: EntityManager, ...notes: ReturnType<typeof note>[]) => {
    for (const data of notes) em.create(Note, data);
    await em.flush();
  };
  const texts = async (em: EntityManager) =>
    (await em.find(Note, {}, { orderBy: { text: 'asc' } })).map(({ text }) => text);
  const kept = (organizationId: string, text = 'kept') => ({ organizationId, version: 1, data: { text } });

  describe('of a member', () => {
    it('sees only its own organization', async () => expect(await database.asMember(member, texts)).toEqual(['ours']));

    it('sees only its own organization, whatever SQL it sends', async () =>
      expect(
        await database.asMember(member, (em) => em.execute('select text from licensing.notes where true or true')),
      ).toEqual([{ text: 'ours' }]));

    it('sees only its own organization, even without a role', async () =>
      expect(await database.asMember({ ...member, roles: [] }, texts)).toEqual(['ours']));

    it('writes nothing for another organization', async () => {
      await expect(database.asMember(member, (em) => add(em, note('forged', theirs)))).rejects.toThrow(
        'violates row-level security policy',
      );
      expect(
        await database.asMember(member, (em) => em.nativeUpdate(Note, { organizationId: theirs }, { text: 'x' })),
      ).toBe(0);
    });

    it('records an event of its own organization, and of no other', async () => {
      await database.asMember(member, (em) => recordEvent(em, noteKept, kept(ours)));
      await expect(database.asMember(member, (em) => recordEvent(em, noteKept, kept(theirs)))).rejects.toThrow(
        'violates row-level security policy',
      );
      expect(await test.sql('select organization_id from licensing.outbox')).toEqual([{ organization_id: ours }]);
    });

    it('reads no event, not even its own', async () =>
      expect(database.asMember(member, (em) => em.execute('select * from licensing.outbox'))).rejects.toThrow(
        'permission denied',
      ));

    it('leaves nothing behind for the next transaction on the same connection', async () => {
      await database.asMember(member, texts);
      const [who] = await database.asService((em) =>
        em.execute(`select current_user as role, current_setting('app.organization', true) as organization`),
      );
      expect(who).toEqual({ role: 'licensing', organization: '' });
    });
  });

  it('of Customer Success sees all organizations', async () =>
    expect(await database.asMember(customerSuccess, texts)).toEqual(['ours', 'theirs']));

  it('of the service sees all organizations', async () =>
    expect(await database.asService(texts)).toEqual(['ours', 'theirs']));

  it('of one read-only statement sees all organizations, and each time the current rows', async () => {
    const read = (like: string) =>
      database.rowsAsService<{ text: string }>('select text from licensing.notes where text like ? order by text', [
        like,
      ]);
    expect(await read('%')).toEqual([{ text: 'ours' }, { text: 'theirs' }]);
    await database.asService((em) => add(em, note('ours too', ours)));
    expect(await read('ours%')).toEqual([{ text: 'ours' }, { text: 'ours too' }]);
    await expect(database.asService(() => read('%'))).rejects.toThrow('inside a transaction');
  });

  it.each(["'", "''", '\\', "\\'", "'; select 1; --", '{"a":"\\"\\\\"}', " E'x'", 'ñ\n\t😀$1?', ''])(
    'passes a text unchanged: %j',
    async (text) => {
      const [row] = await database.asService((em) =>
        queryRows(em, 'select ?::text as text, ? = ?::text as same', [text, text, text]),
      );
      expect(row).toEqual({ text, same: true });
    },
  );

  it('that failed before it sent everything leaves no statement unprepared for others', async () => {
    const one = await MikroORM.init(databaseOptions(sample, test.url, { connections: 1 }));
    try {
      const alone = new Database(one, 'licensing');
      const record = (em: EntityManager) => recordEvent(em, noteKept, kept(ours));
      const refused = async (em: EntityManager) => {
        await em.execute('select 1');
        await record(em);
        throw refuse('not_found', 'There is no such thing.');
      };
      await expect(alone.asService(refused)).rejects.toMatchObject({ code: 'not_found' });
      await alone.asService(record);
      expect(await test.sql('select organization_id from licensing.outbox')).toEqual([{ organization_id: ours }]);
    } finally {
      await one.close();
    }
  });

  it('of one read-only statement and failing ones do not affect each other', async () => {
    const read = (divisor: number) => database.rowsAsService('select 12 / ?::int as share', [divisor]);
    const failing = () => database.asService((em) => queryRows(em, 'select 1 / ?::int as share', [0]));
    for (const work of [() => read(0), failing, () => read(0)]) {
      await expect(work()).rejects.toThrow('division by zero');
      expect(await read(4)).toEqual([{ share: 3 }]);
      expect(await database.asService((em) => queryRows(em, 'select 1 / ?::int as share', [1]))).toEqual([
        { share: 1 },
      ]);
    }
  });

  it('leaves nothing when it fails, not even its event', async () => {
    await expect(
      database.asService(async (em) => {
        await add(em, note('undone', ours));
        await recordEvent(em, noteKept, kept(ours));
        throw refuse('not_found', 'There is no such thing.');
      }),
    ).rejects.toMatchObject({ code: 'not_found' });
    expect(await database.asService(texts)).toEqual(['ours', 'theirs']);
    expect(await test.sql('select from licensing.outbox')).toEqual([]);
  });

  it('is retried when two deadlock', async () => {
    const [first, second] = [note('first', ours), note('second', ours)];
    await database.asService((em) => add(em, first, second));
    let attempts = 0;
    let holding = 0;
    let both!: () => void;
    const bothHold = new Promise<void>((resolve) => (both = resolve));
    const lock = (em: EntityManager, id: string) =>
      em.findOneOrFail(Note, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    const change = (one: string, other: string, mark: string) =>
      database.asService(async (em) => {
        attempts += 1;
        const held = await lock(em, one);
        holding += 1;
        if (holding === 2) both();
        await bothHold;
        const next = await lock(em, other);
        held.text += mark;
        next.text += mark;
      });
    await Promise.all([change(first.id, second.id, '+'), change(second.id, first.id, '-')]);
    expect(attempts).toBeGreaterThan(2);
    const both2 = await database.asService((em) =>
      em.find(Note, { id: [first.id, second.id] }, { orderBy: { text: 'asc' } }),
    );
    expect(both2.map(({ text }) => text.length)).toEqual(['first+-'.length, 'second+-'.length]);
  });

  it('has a single time for all its statements', async () => {
    const [before, after, recorded] = await database.asService(async (em) => {
      const start = await databaseTime(em);
      await em.execute('select pg_sleep(0.01)');
      await recordEvent(em, noteKept, kept(ours));
      const [row] = await em.execute<{ at: string }[]>(`select event->>'at' as at from licensing.outbox`);
      return [start, await databaseTime(em), new Date(row!.at)];
    });
    expect(after).toEqual(before);
    expect(recorded).toEqual(before);
  });

  it('lets each of several concurrent statements see what was committed before it', async () => {
    const [first] = await database.asService((em) => readRows(em, Note, { organizationId: ours }));
    const [changed, seen] = await database.asService((em) =>
      Promise.all([
        queryRows(em, `update licensing.notes set text = 'changed' where id = ? returning text`, [first!.id]),
        readRow(em, Note, { id: first!.id, organizationId: [ours, theirs] }),
      ]),
    );
    expect(changed).toEqual([{ text: 'changed' }]);
    expect(seen).toEqual({ ...first, text: 'changed' });
  });

  it('fails with a failed statement even if the caller catches the error, since nothing is committed', async () => {
    const careless = database.asService(async (em) => {
      await add(em, note('undone', ours));
      await queryRows(em, 'select 1 / 0').catch(() => undefined);
    });
    await expect(careless).rejects.toThrow('division by zero');
    expect(await database.asService(texts)).toEqual(['ours', 'theirs']);
  });

  it('fails if a statement that was sent along fails, and commits nothing', async () => {
    const forged = (em: EntityManager) => sendAlong(em, 'insert into licensing.nowhere values (?)', [1]);
    await expect(
      database.asService(async (em) => {
        await add(em, note('undone', ours));
        await forged(em);
      }),
    ).rejects.toThrow('relation "licensing.nowhere" does not exist');
    expect(await database.asService(texts)).toEqual(['ours', 'theirs']);
  });

  describe('that ends with the next statements', () => {
    const insert = `insert into licensing.notes (id, organization_id, text) values (?, ?, ?) returning text`;
    const stored = () => test.sql<{ text: string }>(`select text from licensing.notes where text like 'late%'`);

    it('is committed with them, which see all of it, and accepts nothing more', async () => {
      const after = await database.asService(async (em) => {
        await sendAlong(em, insert, [randomUUID(), ours, 'late: one']);
        commitWithNext(em);
        const rows = await Promise.all([
          queryRows(em, insert, [randomUUID(), ours, 'late: two']),
          queryRows(em, `select text from licensing.notes where text like 'late%' order by text`),
        ]);
        const refused = await Promise.all([
          queryRows(em, 'select 1').catch(String),
          sendAlong(em, insert, [randomUUID(), ours, 'late: three']).catch(String),
        ]);
        return { rows, refused, others: (await stored()).length };
      });
      expect(after).toEqual({
        rows: [[{ text: 'late: two' }], [{ text: 'late: one' }, { text: 'late: two' }]],
        refused: Array(2).fill('Error: The transaction has ended.'),
        others: 2,
      });
    });

    it('commits nothing if a part fails, and leaves the connection usable', async () => {
      const failing = database.asService(async (em) => {
        await sendAlong(em, insert, [randomUUID(), ours, 'late: one']);
        commitWithNext(em);
        await Promise.all([queryRows(em, insert, [randomUUID(), ours, 'late: two']), queryRows(em, 'select 1 / 0')]);
      });
      await expect(failing).rejects.toThrow('division by zero');
      expect(await stored()).toEqual([]);
      expect(await database.asService(texts)).toEqual(['ours', 'theirs']);
    });

    it('commits what was only sent along if nothing else follows', async () => {
      await database.asService(async (em) => {
        commitWithNext(em);
        await sendAlong(em, insert, [randomUUID(), ours, 'late: one']);
      });
      expect(await stored()).toEqual([{ text: 'late: one' }]);
    });

    it('shows a member only its own organization', async () =>
      expect(
        await database.asMember(member, (em) => {
          commitWithNext(em);
          return readRows(em, Note, { organizationId: [ours, theirs] });
        }),
      ).toMatchObject([{ text: 'ours' }]));
  });

  describe('prepares its statements', () => {
    let single: MikroORM;
    let onOneConnection: Database;
    beforeEach(async () => {
      single = await MikroORM.init(databaseOptions(sample, test.url, { connections: 1 }));
      onOneConnection = new Database(single, 'licensing');
    });
    afterEach(() => single.close());

    const read = (em: EntityManager) =>
      queryRows<{ text: string }>(em, 'select text from licensing.notes order by text');
    const prepared = () =>
      onOneConnection.asService((em) =>
        em.execute<{ statement: string; executed: number }[]>(
          `select statement, (generic_plans + custom_plans)::int as executed from pg_prepared_statements order by prepare_time`,
        ),
      );

    it('once per connection and role, without the rest of the message, and each role still sees only its own rows', async () => {
      const seen: string[][] = [];
      // Often enough for a generic plan.
      for (let n = 0; n < 8; n += 1)
        for (const rows of [await onOneConnection.asService(read), await onOneConnection.asMember(member, read)])
          seen.push(rows.map(({ text }) => text));
      expect(seen).toEqual(Array.from({ length: 8 }, () => [['ours', 'theirs'], ['ours']]).flat());
      expect(await prepared()).toEqual([
        { statement: 'prepare tenure_0 as select text from licensing.notes order by text', executed: 8 },
        { statement: 'prepare tenure_1 as select text from licensing.notes order by text', executed: 8 },
      ]);
    });

    it('again after a failure, since nobody knows what arrived', async () => {
      await onOneConnection.asService(read);
      await expect(
        onOneConnection.asService((em) =>
          Promise.all([read(em), queryRows(em, 'select 1 / ?::int', [0]), queryRows(em, 'select ?::text', ['never'])]),
        ),
      ).rejects.toThrow('division by zero');
      expect(await prepared()).toEqual([]);
      for (let n = 0; n < 2; n += 1)
        expect(await onOneConnection.asService((em) => queryRows(em, 'select ?::text as said', ['after all']))).toEqual(
          [{ said: 'after all' }],
        );
      expect((await prepared()).map(({ executed }) => executed)).toEqual([2]);
    });

    it('again after an error before they were sent', async () => {
      for (const work of [read, () => Promise.resolve()])
        await expect(
          onOneConnection.asService(async (em) => {
            await work(em);
            await sendAlong(em, 'select ?::text', ['unsent']);
            throw new Error('refused');
          }),
        ).rejects.toThrow('refused');
      expect(await prepared()).toEqual([]);
      await onOneConnection.asService((em) => sendAlong(em, 'select ?::text', ['sent']));
      expect((await prepared()).map(({ executed }) => executed)).toEqual([1]);
    });

    it('with unchanged parameters', async () => {
      const given = ["it's", 'a\\b', '$1 ?', null, '{"a": "b\'s"}', '5', 'true'];
      const [row] = await onOneConnection.asService((em) =>
        queryRows<{ a: unknown; b: unknown; c: unknown; d: unknown; e: unknown; f: unknown; g: unknown }>(
          em,
          'select ?::text as a, ?::text as b, ?::text as c, ?::text as d, ?::jsonb as e, ?::int as f, ?::boolean as g',
          given,
        ),
      );
      expect(row).toEqual({ a: "it's", b: 'a\\b', c: '$1 ?', d: null, e: { a: "b's" }, f: 5, g: true });
    });
  });

  it('does nothing after it has failed, however closely another statement follows', async () => {
    for (let steps = 0; steps < 40; steps += 1) {
      const failed = database.asMember(member, async (em) => {
        const late = async () => {
          await em.execute('select 1');
          for (let step = 0; step < steps; step += 1) await undefined;
          await em.execute('insert into licensing.notes (id, organization_id, text) values (?, ?, ?)', [
            ...[randomUUID(), theirs, `late by ${steps}`],
          ]);
        };
        const refused = async () => {
          await em.execute('select 1');
          throw refuse('not_found', 'no.');
        };
        await Promise.all([refused(), late()]);
      });
      await expect(failed).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(await database.asService(texts)).toEqual(['ours', 'theirs']);
  });

  it('accepts nothing after its end', async () => {
    const ended = await database.asService((em) => Promise.resolve({ em }));
    await expect(queryRows(ended.em, 'select 1')).rejects.toThrow('The transaction has ended.');
  });

  it('cannot be opened inside another one', async () =>
    expect(database.asService(() => database.asService(texts))).rejects.toThrow('A transaction inside a transaction.'));

  it('replaces a latest event that is not sent yet', async () => {
    await database.asService((em) => recordLatestEvent(em, 'use/a', noteKept, kept(ours, '1')));
    await database.asService((em) => recordLatestEvent(em, 'use/b', noteKept, kept(ours, '2')));
    await database.asService((em) => recordLatestEvent(em, 'use/a', noteKept, kept(ours, '3')));
    expect(
      await test.sql(`select coalesce_key, event->'data'->>'text' as text from licensing.outbox order by 1`),
    ).toEqual([
      { coalesce_key: 'use/a', text: '3' },
      { coalesce_key: 'use/b', text: '2' },
    ]);
  });

  it('refuses an event that does not match its schema', async () =>
    expect(
      database.asService((em) => recordEvent(em, noteKept, { ...kept(ours), data: { text: 7 as never } })),
    ).rejects.toMatchObject({ name: 'ZodError' }));
});

describe('a database that becomes unreachable', () => {
  it.each([
    ['because nobody listens', async (url: URL) => (url.port = String(await freePort()))],
    ['because its role has a new password', (url: URL) => (url.password = 'earlier')],
  ])('%s is reported as `unavailable`', async (_, change) => {
    const test = await testDatabase(sample);
    const url = new URL(test.url);
    await change(url);
    const away = await MikroORM.init(databaseOptions(sample, url.href));
    const database = new Database(away, 'licensing');
    const error: unknown = await database.answers().catch((reason: unknown) => reason);
    expect(toProblem(error)).toMatchObject({ code: 'unavailable', status: 503 });
    expect(await database.isReachable()).toBe(false);
    await away.close();
    await test.close();
  });

  it('leaks no connection, however many transactions were in progress', async () => {
    const test = await testDatabase(sample);
    const orm = await MikroORM.init(databaseOptions(sample, test.url, { connections: 2 }));
    const database = new Database(orm, 'licensing');
    const broken = () =>
      database.asService(async (em) => {
        const [row] = await em.execute<{ pid: number }[]>('select pg_backend_pid() as pid');
        await test.sql('select pg_terminate_backend($1)', [row!.pid]);
        await em.execute('select 1');
      });
    for (let n = 0; n < 5; n += 1) {
      const error: unknown = await broken().catch((reason: unknown) => reason);
      expect(toProblem(error)).toMatchObject({ code: 'unavailable' });
    }
    await Promise.all(Array.from({ length: 5 }, () => database.answers()));
    await orm.close();
    await test.close();
  });
});

it('an answered query is garbage, which the next collection of young objects removes', async () => {
  setFlagsFromString('--expose-gc');
  const collect: (options: { type: 'minor' | 'major' }) => void = runInNewContext('gc');
  const test = await testDatabase(sample);
  const orm = await MikroORM.init(databaseOptions(sample, test.url, { connections: 1 }));
  const database = new Database(orm, 'licensing');
  const ask = async (times: number) => {
    for (let n = 0; n < times; n += 1)
      await database.asService((em) => queryRows(em, `select repeat('many ', 10000) as words`));
    collect({ type: 'minor' });
    collect({ type: 'minor' });
  };
  await ask(20);
  collect({ type: 'major' });
  const { heapUsed } = process.memoryUsage();
  await ask(400);
  expect(process.memoryUsage().heapUsed - heapUsed).toBeLessThan(5_000_000);
  await orm.close();
  await test.close();
});

describe('a database that does not answer', () => {
  let test: TestDatabase;
  let gate: Gate;
  let orm: MikroORM;
  let database: Database;
  beforeAll(async () => {
    test = await testDatabase(sample);
    const url = new URL(test.url);
    gate = await Gate.before(url.host);
    url.host = gate.address;
    // So short that what merely has to get through here is retried: a busy machine sometimes takes longer.
    const options = { connections: 2, patience: 500 };
    orm = await MikroORM.init(databaseOptions(sample, url.href, options));
    database = new Database(orm, 'licensing');
  });
  afterAll(async () => {
    await orm?.close();
    gate?.close();
    await test?.close();
  });

  it('is `unavailable`, and the next query uses another connection', async () => {
    const bothAnswer = () => eventually(() => Promise.all([database.answers(), database.answers()]));
    await bothAnswer();
    gate.lose();
    const asked = [database.answers(), database.rowsAsService('select 1', [])];
    expect(await Promise.all(asked.map((each) => each.catch(toProblem)))).toMatchObject([
      { code: 'unavailable' },
      { code: 'unavailable' },
    ]);
    await bothAnswer();
  });

  it('ends an idle transaction that holds locks, so that nobody waits for long', async () => {
    await test.sql(`insert into licensing.notes values ($1, $1, 'a')`, [ours]);
    const [held, silence] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const change = (text: string, inBetween: () => Promise<void> | void = () => {}) =>
      database.asService(async (em) => {
        await em.execute('update licensing.notes set text = ?', [text]);
        await inBetween();
        await em.execute('select 1');
      });
    const silent = change('silent', () => {
      held.resolve();
      return silence.promise;
    }).catch((reason: unknown) => reason);
    // If the other came first, it would find nothing to wait for.
    await Promise.race([held.promise, silent]);
    await eventually(() => change('other'));
    silence.resolve();
    expect(toProblem(await silent)).toMatchObject({ code: 'unavailable' });
    expect(await test.sql('select text from licensing.notes')).toEqual([{ text: 'other' }]);
  });

  it('ends a statement that takes too long', async () => {
    const slow = await database
      .asService((em) => em.execute('select pg_sleep(300)'))
      .catch((reason: unknown) => reason);
    expect(toProblem(slow)).toMatchObject({ code: 'unavailable' });
    await eventually(async () =>
      expect(
        await test.sql(`select from pg_stat_activity where query like '%pg_sleep(300)%' and state = 'active'
      and pid <> pg_backend_pid()`),
      ).toEqual([]),
    );
  });
});

describe('migrations', () => {
  it('are applied once, however many start concurrently', async () => {
    const test = await testDatabase({ ...sample, migrations: [] });
    const run = () => runMigrations(sample, test.ownerUrl);
    expect((await Promise.all([run(), run(), run()])).flat()).toEqual(['CreateNotes']);
    expect(await run()).toEqual([]);
    expect(await test.drift()).toBe('');
    await test.close();
  });

  it('do not wait for a database that hangs', async () => {
    const test = await testDatabase({ ...sample, migrations: [] });
    const url = new URL(test.ownerUrl);
    const gate = await Gate.before(url.host);
    url.host = gate.address;
    class TakesLong extends Migration {
      override up() {
        this.addSql('select pg_sleep(300)');
      }
    }
    const long = { ...sample, migrations: [...sample.migrations, TakesLong] };
    const migrated = runMigrations(long, url.href, { lookMs: 50 }).catch((reason: unknown) => reason);
    await eventually(async () =>
      expect(
        await test.sql(`select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`),
      ).toHaveLength(1),
    );
    gate.hold();
    expect(toProblem(await migrated)).toMatchObject({ code: 'unavailable' });
    gate.close();
    await test.close();
  });

  describe('of a table that others use', () => {
    class AddColumns extends Migration {
      override up() {
        this.addSql('alter table licensing.notes add column later text');
        this.addSql('alter table licensing.outbox add column later text');
      }
    }
    const later = { ...sample, migrations: [...sample.migrations, AddColumns] };
    let test: TestDatabase;
    beforeEach(async () => {
      test = await testDatabase(sample);
    });
    afterEach(() => test.close());

    const untilOneWaits = () => eventually(async () => expect(await test.lockWaits()).toBe(1));

    it('start again after a deadlock with a transaction of the running version', async () => {
      const applied = await test.em().transactional(async (em) => {
        // So that PostgreSQL ends the migration.
        await em.execute(`set local deadlock_timeout = '1h'`);
        await em.execute('lock table licensing.outbox in row exclusive mode');
        const migrated = runMigrations(later, test.ownerUrl);
        await untilOneWaits();
        await em.execute('lock table licensing.notes in row exclusive mode');
        return { migrated };
      });
      expect(await applied.migrated).toEqual(['AddColumns']);
    });

    it('let others use it while they wait for a long transaction, such as a backup', async () => {
      const { migrated } = await test.em().transactional(async (backup) => {
        await backup.execute('select from licensing.notes');
        const migrated = runMigrations(later, test.ownerUrl);
        await untilOneWaits();
        await test.em().transactional(async (request) => {
          await request.execute(`set local statement_timeout = '5s'`);
          await request.execute('select from licensing.notes');
        });
        return { migrated };
      });
      expect(await migrated).toEqual(['AddColumns']);
    });
  });

  it('report a difference from the entities as the missing SQL', async () => {
    const test = await testDatabase({ ...sample, migrations: [] });
    expect(await test.drift()).toContain('create table "licensing"."notes"');
    await test.close();
  });
});
