import { randomUUID } from 'node:crypto';
import { MikroORM, type EntityManager } from '@mikro-orm/postgresql';
import { Database } from '@tenure/platform';
import { databaseOptions } from '@tenure/platform/database';
import { eventually, testDatabase, type TestDatabase } from '@tenure/testing';
import { notificationsDatabase } from '../database/database.js';
import { claimDispatch, ClaimLost, claimNotices, holdDispatch, holdNotices, releaseNotices } from './claim.js';
import { allow, endTurn, keepTurn, nextTurnMs, pauseTurns, returnTurn, type HeldTurn } from './turns.js';

let test: TestDatabase;
let orm: MikroORM;
let database: Database;
beforeAll(async () => {
  test = await testDatabase(notificationsDatabase);
  orm = await MikroORM.init(databaseOptions(notificationsDatabase, test.url));
  database = new Database(orm, 'notifications');
});
beforeEach(async () => {
  for (const table of ['dispatched_emails', 'dispatches', 'deliveries', 'notices'])
    await test.sql(`delete from notifications.${table}`);
  await test.sql(`update notifications.turns set holder = null, free_at = now() - interval '1 minute'`);
});
afterAll(async () => {
  await orm?.close();
  await test?.close();
});

/** A notice that may be claimed, unless a case says otherwise; values are SQL. */
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
const claim = (most = 10) =>
  database.asService((em) => claimNotices(em, { claimId: randomUUID(), leaseSeconds: 30, turnSeconds: 30, most }));
const taken = async (most?: number) => (await claim(most))?.notices.map(({ notice }) => notice.key) ?? [];

describe('a sender claims', () => {
  it.each([
    ['a notice that is due', {}, ['one']],
    ['none before its time', { attempt_at: `now() + interval '1 hour'` }, []],
    ['none that has ended', { status: `'sent'` }, []],
    ['none that waits for a dispatch', { dispatch_id: 'gen_random_uuid()' }, []],
    ['none of a kind that only a later version knows', { kind: `'from_a_later_version'` }, []],
    ['none that another sender holds', { claimed_until: `now() + interval '1 minute'` }, []],
    ['one whose lease has expired', { claimed_until: `now() - interval '1 second'` }, ['one']],
  ])('%s', async (_, columns, keys) => {
    await aNotice('one', columns);
    expect(await taken()).toEqual(keys);
  });

  it('no notice twice, and none without a free turn', async () => {
    await aNotice('one');
    expect([await taken(), await taken()]).toEqual([['one'], []]);
    await aNotice('two');
    await test.sql(`update notifications.turns set free_at = now() + interval '1 minute'`);
    expect(await taken()).toEqual([]);
  });

  it.each([
    ['longer', 600],
    ['shorter', 20],
  ])(
    'no turn during a pause that the provider asks for and that is %s than the turns of current requests',
    async (_, seconds) => {
      for (const key of ['in progress', 'about to be']) await aNotice(key);
      const [inProgress, aboutToBe] = [(await claim(1))!, (await claim(1))!];
      await database.asService((em) => pauseTurns(em, seconds));
      expect(await database.asService((em) => keepTurn(em, aboutToBe.claim, 30))).toBe(false);
      await database.asService((em) => endTurn(em, inProgress.claim, null));
      expect(await database.asService(nextTurnMs)).toBeGreaterThan((seconds - 10) * 1_000);
    },
  );

  it('no turn that the provider’s limits are changing, and each change takes the turns in their order', async () => {
    await test.sql('update notifications.turns set free_at = free_at where turn = 1');
    await test.sql('begin');
    await test.sql('select from notifications.turns where turn = 1 for update');
    const changing = database.asService(async (em) => {
      await allow(em, 2);
      await pauseTurns(em, 20);
    });
    await eventually(async () => expect(await test.lockWaits()).toBe(1));
    const others = (rest: string) =>
      test.sql(`select turn from notifications.turns where turn > 1 order by turn ${rest}`);
    const [all, free] = [await others(''), await others('for update skip locked')];
    await test.sql('rollback');
    await changing;
    expect(free).toEqual(all);
    expect(await test.sql('select turn from notifications.turns order by turn')).toEqual([{ turn: 1 }, { turn: 2 }]);
    await database.asService((em) => allow(em, 1 + all.length));
  });

  it('no turn when there is nothing to send', async () => {
    expect(await taken()).toEqual([]);
    expect(await test.sql('select from notifications.turns where holder is not null')).toEqual([]);
  });

  it('urgent notices first, the longest-waiting of them first, and no others with them', async () => {
    const ago = (minutes: number) => ({ attempt_at: `now() - interval '${minutes} minutes'` });
    await aNotice('can wait', { urgent: 'false', ...ago(9) });
    await aNotice('third', ago(1));
    await aNotice('first', ago(3));
    await aNotice('second', ago(2));
    expect((await taken(2)).toSorted()).toEqual(['first', 'second']);
    expect(await taken(2)).toEqual(['third']);
    expect(await taken(2)).toEqual(['can wait']);
  });

  it('a notice that goes alone without others', async () => {
    const ago = (minutes: number) => ({ attempt_at: `now() - interval '${minutes} minutes'` });
    await aNotice('alone', { alone: 'true', ...ago(3) });
    await aNotice('alone, too', { alone: 'true', ...ago(2) });
    await aNotice('together', ago(1));
    expect([await taken(), await taken(), await taken()]).toEqual([['alone'], ['alone, too'], ['together']]);
    await aNotice('first', ago(3));
    await aNotice('alone', { alone: 'true', key: `'alone again'`, ...ago(2) });
    expect([await taken(), await taken()]).toEqual([['first'], ['alone again']]);
  });

  it('notices that no other transaction has locked, without waiting for those', async () => {
    await aNotice('in hand');
    await aNotice('free');
    await test.sql('begin');
    await test.sql(`select from notifications.notices where key = 'in hand' for update`);
    expect(await taken()).toEqual(['free']);
    await test.sql('rollback');
  });
});

/** A dispatch with one e-mail that may be repeated, unless a case says otherwise; values are SQL. */
async function aDispatch(columns: Record<string, string> = {}): Promise<string> {
  const dispatchId = randomUUID();
  const given: Record<string, string> = {
    ...{ dispatch_id: `'${dispatchId}'`, attempts: '1', first_attempt_at: 'now()', attempt_at: 'now()', failures: '0' },
    ...columns,
  };
  await test.sql(
    `insert into notifications.dispatches (${Object.keys(given).join(', ')}) values (${Object.values(given).join(', ')})`,
  );
  await aNotice(dispatchId, { dispatch_id: `'${dispatchId}'` });
  await test.sql(
    `insert into notifications.deliveries (delivery_id, notice_id, organization_id, email, language, status)
     select uuidv7(), notice_id, organization_id, 'ana@partner.example', 'es', 'planned'
     from notifications.notices where dispatch_id = $1`,
    [dispatchId],
  );
  await test.sql(
    `insert into notifications.dispatched_emails (dispatch_id, position, delivery_id, organization_id, status, request)
     select $1, 0, delivery_id, v.organization_id, 'open', '{}'
     from notifications.deliveries v join notifications.notices using (notice_id) where dispatch_id = $1`,
    [dispatchId],
  );
  return dispatchId;
}
async function repeat(except: string[] = []) {
  const claimed = await database.asService((em) =>
    claimDispatch(em, { claimId: randomUUID(), leaseSeconds: 30, turnSeconds: 30, except: `{${except.join(',')}}` }),
  );
  if (claimed !== null && 'unknownDispatchId' in claimed) throw new Error('This version does not know the dispatch.');
  return claimed;
}
const repeated = async (except?: string[]) => (await repeat(except))?.dispatch.dispatchId ?? null;

describe('a sender repeats', () => {
  it.each([
    ['none before its time', { attempt_at: `now() + interval '1 minute'` }],
    ['none that has ended', { ended_at: 'now()' }],
  ])('%s', async (_, columns) => {
    await aDispatch(columns);
    expect(await repeated()).toBeNull();
  });

  it('the dispatch that has waited longest, no dispatch twice, and none without a free turn', async () => {
    const second = await aDispatch({ attempt_at: `now() - interval '1 minute'` });
    const first = await aDispatch({ attempt_at: `now() - interval '2 minutes'` });
    expect([await repeated(), await repeated(), await repeated()]).toEqual([first, second, null]);
    await aDispatch();
    await test.sql(`update notifications.turns set free_at = now() + interval '1 minute'`);
    expect(await repeated()).toBeNull();
  });

  it('none that is left to a later version, nor one that another transaction has locked', async () => {
    const later = await aDispatch();
    expect(await repeated([later])).toBeNull();
    await test.sql('begin');
    await test.sql('select from notifications.dispatches for update');
    expect(await repeated()).toBeNull();
    await test.sql('rollback');
  });

  it('a dispatch together with whether the provider has reported on one of its e-mails', async () => {
    await aDispatch();
    expect((await repeat())?.dispatch.isReported).toBe(false);
    await test.sql(`update notifications.dispatches set attempt_at = now()`);
    await test.sql(`update notifications.dispatched_emails set status = 'sent'`);
    expect((await repeat())?.dispatch.isReported).toBe(true);
  });

  it('a dispatch whose lease is renewed each time that it is locked', async () => {
    await aDispatch();
    const { claim: own, dispatch } = (await repeat())!;
    await test.sql('update notifications.dispatches set attempt_at = now()');
    await database.asService((em) => holdDispatch(em, own, dispatch));
    expect(await repeated()).toBeNull();
  });

  it('a dispatch that nobody has taken over and that has not ended, with the notices that still wait for it', async () => {
    await aDispatch();
    const { claim: own, dispatch } = (await repeat())!;
    const waiting = () => database.asService(async (em) => (await holdDispatch(em, own, dispatch)).waiting.length);
    expect(await waiting()).toBe(1);
    await test.sql(`update notifications.notices set status = 'skipped'`);
    expect(await waiting()).toBe(0);
    await test.sql('update notifications.dispatches set ended_at = now()');
    await expect(waiting()).rejects.toThrow(ClaimLost);
    await test.sql('update notifications.dispatches set ended_at = null, claim_id = gen_random_uuid()');
    await expect(waiting()).rejects.toThrow(ClaimLost);
  });
});

describe('a turn', () => {
  const nextTurn = () => database.asService(nextTurnMs);
  const after = (change: (em: EntityManager) => Promise<unknown>) =>
    database.asService(async (em) => (await change(em), nextTurnMs(em)));
  /** The only turn that becomes free within the hour. */
  async function taking() {
    await test.sql(`update notifications.turns set free_at = now() + interval '1 hour' where turn > 1`);
    await aNotice('one');
    await aNotice('two');
    return (await claim(1))!.claim;
  }

  it('is held exclusively for a claim, and then for its request', async () => {
    const own = await taking();
    expect(await taken()).toEqual([]);
    expect(await nextTurn()).toBeGreaterThan(20_000);
    expect(await after((em) => keepTurn(em, own, 600))).toBeGreaterThan(590_000);
  });

  it("is free a second after its request or after the provider's pause, and immediately if nothing was sent", async () => {
    const own = await taking();
    const hold = () => test.sql('update notifications.turns set holder = $1 where turn = 1', [own.claimId]);
    const second = await after((em) => endTurn(em, own, null));
    expect([second > 0, second <= 1_000]).toEqual([true, true]);
    await hold();
    expect(await after((em) => endTurn(em, own, 60))).toBeGreaterThan(50_000);
    await hold();
    expect(await after((em) => returnTurn(em, own))).toBe(0);
  });

  it('that another claim has taken over stays theirs, whatever happens to the request', async () => {
    const own = await taking();
    await test.sql('update notifications.turns set holder = gen_random_uuid() where turn = 1');
    expect(await database.asService((em) => keepTurn(em, own, 600))).toBe(false);
    for (const end of [returnTurn, (em: EntityManager, turn: HeldTurn) => endTurn(em, turn, null)])
      expect(await after((em) => end(em, own))).toBeGreaterThan(20_000);
  });
});

describe('a claim', () => {
  it('holds only while nobody else has taken over, and the notice has not ended', async () => {
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

  it('is released by its holder, and by nobody else', async () => {
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
