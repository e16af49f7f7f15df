import { randomUUID } from 'node:crypto';
import { MikroORM } from '@mikro-orm/postgresql';
import { Database, databaseOptions } from '@tenure/platform';
import { testDatabase, type TestDatabase } from '@tenure/testing';
import { notificationsDatabase } from '../database/database.js';
import { claimNotices, holdNotices, releaseNotices } from './claim.js';

let test: TestDatabase;
let orm: MikroORM;
let database: Database;
beforeAll(async () => {
  test = await testDatabase(notificationsDatabase);
  const { entities, migrations } = notificationsDatabase;
  orm = await MikroORM.init(databaseOptions('notifications', entities, test.url, { migrations }));
  database = new Database(orm, 'notifications');
});
beforeEach(async () => {
  await test.sql('delete from notifications.notices');
  await test.sql(`update notifications.turns set holder = null, free_at = now() - interval '1 minute'`);
});
afterAll(async () => {
  await orm?.close();
  await test?.close();
});

/** A notice that may be taken, unless a case says otherwise; values are SQL. */
async function aNotice(key: string, columns: Record<string, string> = {}): Promise<void> {
  const given: Record<string, string> = {
    ...{ notice_id: 'uuidv7()', key: `'${key}'`, kind: `'application_approved'`, organization_id: 'gen_random_uuid()' },
    ...{ application_id: 'gen_random_uuid()', due_at: 'now()', urgent: 'true', status: `'planned'` },
    ...{ clock_ahead_seconds: '0', requested_at: 'now()', attempt_at: 'now()', failures: '0' },
    ...columns,
  };
  await test.sql(
    `insert into notifications.notices (${Object.keys(given).join(', ')}) values (${Object.values(given).join(', ')})`,
  );
}
const claim = (most = 10, claimId = randomUUID()) =>
  database.asService((em) => claimNotices(em, { claimId, leaseSeconds: 30, turnSeconds: 30, most }));
const taken = async (most?: number) => (await claim(most))?.notices.map(({ notice }) => notice.key) ?? [];

describe('a sender takes', () => {
  it.each([
    ['a notice that is due', {}, ['one']],
    ['none before its time', { attempt_at: `now() + interval '1 hour'` }, []],
    ['none that has ended', { status: `'sent'` }, []],
    ['none that waits for a dispatch', { dispatch_id: 'gen_random_uuid()' }, []],
    ['none of a kind that only a later version knows', { kind: `'from_a_later_version'` }, []],
    ['none that another has', { claimed_until: `now() + interval '1 minute'` }, []],
    ['one that another had for too long', { claimed_until: `now() - interval '1 second'` }, ['one']],
  ])('%s', async (_, columns, keys) => {
    await aNotice('one', columns);
    expect(await taken()).toEqual(keys);
  });

  it('no notice twice, and none without a turn', async () => {
    await aNotice('one');
    expect([await taken(), await taken()]).toEqual([['one'], []]);
    await aNotice('two');
    await test.sql(`update notifications.turns set free_at = now() + interval '1 minute'`);
    expect(await taken()).toEqual([]);
  });

  it('no turn where there is nothing to be done', async () => {
    expect(await taken()).toEqual([]);
    expect(await test.sql('select from notifications.turns where holder is not null')).toEqual([]);
  });

  it('urgent ones first, of those the ones that have waited longest, and no others with them', async () => {
    const ago = (minutes: number) => ({ attempt_at: `now() - interval '${minutes} minutes'` });
    await aNotice('can wait', { urgent: 'false', ...ago(9) });
    await aNotice('third', ago(1));
    await aNotice('first', ago(3));
    await aNotice('second', ago(2));
    expect((await taken(2)).toSorted()).toEqual(['first', 'second']);
    expect(await taken(2)).toEqual(['third']);
    expect(await taken(2)).toEqual(['can wait']);
  });

  it('one that goes alone without others', async () => {
    const ago = (minutes: number) => ({ attempt_at: `now() - interval '${minutes} minutes'` });
    await aNotice('alone', { alone: 'true', ...ago(3) });
    await aNotice('alone, too', { alone: 'true', ...ago(2) });
    await aNotice('together', ago(1));
    expect([await taken(), await taken(), await taken()]).toEqual([['alone'], ['alone, too'], ['together']]);
  });

  it('what nobody has in hand at that moment, without waiting for it', async () => {
    await aNotice('in hand');
    await aNotice('free');
    await test.sql('begin');
    await test.sql(`select from notifications.notices where key = 'in hand' for update`);
    expect(await taken()).toEqual(['free']);
    await test.sql('rollback');
  });
});

describe('what a sender has taken', () => {
  it('is held only as long as nobody else has it, and it has not ended', async () => {
    await aNotice('one');
    const first = (await claim())!;
    const held = () => database.asService(async (em) => (await holdNotices(em, first)).length);
    expect(await held()).toBe(1);
    await test.sql(`update notifications.notices set dispatch_id = gen_random_uuid()`);
    expect(await held()).toBe(0);
    await test.sql(`update notifications.notices set dispatch_id = null, status = 'skipped'`);
    expect(await held()).toBe(0);
    await test.sql(`update notifications.notices set status = 'planned', claim_id = gen_random_uuid()`);
    expect(await held()).toBe(0);
  });

  it('is given back by whoever has it, and by nobody else', async () => {
    await aNotice('one');
    const first = (await claim())!;
    await test.sql(`update notifications.notices set claimed_until = now() - interval '1 second'`);
    const second = (await claim())!;
    await database.asService((em) => releaseNotices(em, first));
    expect(await taken()).toEqual([]);
    await database.asService((em) => releaseNotices(em, second));
    expect(await taken()).toEqual(['one']);
  });
});
