import {
  advancePolicyChange,
  applyChange,
  changePolicy,
  continuePolicyChange,
  getPolicy,
  getPolicyChange,
  getTimeline,
  importSubscriptions,
  listUnfinishedPolicyChanges,
  previewPolicy,
  resumePolicyChanges,
  setSubscriptionClock,
  showTimeline,
  stopPolicyChange,
  type Actor,
  type ChosenPolicy,
} from '@tenure/contracts';
import { eventually, forAllTests } from '@tenure/testing';
import { uuidv7 } from 'uuidv7';
import { aNewAccount } from '../testing/contracts.js';
import { customerSuccess, DAY, startLicensing, superAdminOf } from '../testing/licensing.js';

const licensing = forAllTests(() => startLicensing({ SANDBOX: 'on', POLICY_BATCH: '3' }));

const gateway = () => licensing.ask('gateway');
const workflows = () => licensing.ask('workflows');
const own: ChosenPolicy = { offsets: ['P1M', 'P45D', 'P2W'], localTime: '08:30' };

/** An organization with the given number of accounts in Madrid from 2057-01-31 to 2058-01-31, far from anything due. */
async function anOrganization(accounts = 0) {
  const organizationId = uuidv7();
  const actor = superAdminOf(organizationId);
  const accountIds: string[] = [];
  for (let count = 0; count < accounts; count += 1) accountIds.push((await openIn(organizationId)).accountId);
  return { organizationId, actor, accountIds: accountIds.sort() };
}
const openIn = (organizationId: string, decidedAt = new Date('2057-01-31T10:00:00.000Z'), months = 12) =>
  licensing.open({ organizationId, decidedAt, months });

let keys = 0;
const change = (actor: Actor, policy: ChosenPolicy, replaces: number, idempotencyKey = `key-${(keys += 1)}`) =>
  gateway().ask(changePolicy, { actor, policy, replaces, idempotencyKey });
/** Does one batch, as the workflow requests it. */
const advance = (organizationId: string, version: number, batch: number) =>
  workflows().ask(advancePolicyChange, { organizationId, version, batch });
/** Does all remaining batches. */
async function advanceToTheEnd(organizationId: string, version: number) {
  for (let batch = 1; ;) {
    const progress = await advance(organizationId, version, batch);
    if (progress.state !== 'applying') return progress;
    batch = progress.batches + 1;
  }
}
const moveTo = (accountId: string, instant: string) =>
  gateway().ask(setSubscriptionClock, {
    actor: customerSuccess(),
    accountId,
    aheadSeconds: Math.ceil((Date.parse(instant) - Date.now()) / 1000),
  });
const renew = (accountId: string, decidedAt: string) =>
  workflows().ask(applyChange, {
    applicationId: uuidv7(),
    decidedAt,
    change: { type: 'renew_subscription', accountId, months: 12 },
  });
/** The moments of the last term: `kind instant` for planned ones, `kind reason` for the others. */
async function planOf(accountId: string) {
  const { moments, terms } = await gateway().ask(showTimeline, { actor: customerSuccess(), accountId });
  return moments
    .filter(({ termNumber }) => termNumber === terms.length)
    .map(({ kind, at, status, reason }) => `${kind} ${status === 'planned' ? at : reason}`);
}
const byDefault = [
  'P1M 2057-12-31T08:00:00.000Z',
  'P7D 2058-01-24T08:00:00.000Z',
  'P0D 2058-01-31T08:00:00.000Z',
  'expired 2058-01-31T23:00:00.000Z',
];
const byOwn = [
  'P45D 2057-12-17T07:30:00.000Z',
  'P1M 2057-12-31T07:30:00.000Z',
  'P14D 2058-01-17T07:30:00.000Z',
  'expired 2058-01-31T23:00:00.000Z',
];

describe('the reminder policy of an organization', () => {
  it('is the default until it chooses one', async () => {
    const { organizationId, actor } = await anOrganization();
    expect(await gateway().ask(getPolicy, { actor })).toEqual({
      organizationId,
      version: 1,
      offsets: ['P1M', 'P7D', 'P0D'],
      localTime: '09:00',
      change: null,
      spreadMinutes: 0,
    });
  });

  it('is chosen as a new version, with its offsets in canonical form and chronological order', async () => {
    const { organizationId, actor } = await anOrganization(2);
    const chosen = await change(actor, own, 1);
    expect(chosen).toEqual({
      organizationId,
      version: 2,
      offsets: ['P45D', 'P1M', 'P14D'],
      localTime: '08:30',
      change: {
        version: 2,
        state: 'applying',
        ...{ total: 2, lookedAt: 0, moved: 0, kept: 0 },
        requestedBy: actor.memberId,
        requestedAt: expect.any(String),
        endedAt: null,
      },
      spreadMinutes: 0,
    });
    expect(await gateway().ask(getPolicy, { actor })).toEqual(chosen);
    const rows = await licensing.database.sql(
      'select version, offsets, local_time from licensing.reminder_policies where organization_id = $1',
      [organizationId],
    );
    expect(rows).toEqual([{ version: 2, offsets: ['P45D', 'P1M', 'P14D'], local_time: '08:30' }]);
    const [event] = (await licensing.told(organizationId)).filter(({ type }) => type === 'licensing.policy.changed');
    expect(event).toMatchObject({
      version: 2,
      accountId: null,
      cause: { memberId: actor.memberId },
      data: { organizationId, version: 2, offsets: ['P45D', 'P1M', 'P14D'], localTime: '08:30' },
    });
  });

  it('is the default for all other organizations, whatever one chooses', async () => {
    const { actor } = await anOrganization();
    await change(actor, own, 1);
    expect(await gateway().ask(getPolicy, { actor: superAdminOf(uuidv7()) })).toMatchObject({ version: 1 });
  });

  it.each([
    [
      { offsets: [], localTime: '25:00' },
      [
        ['policy.offsets', 'none'],
        ['policy.localTime', 'not_a_time'],
      ],
    ],
    [{ offsets: ['P0D', 'P1M', 'P1W'], localTime: '09:00' }, [['policy.offsets', 'unchanged']]],
  ])('cannot be %j', async (policy, errors) => {
    const { actor, organizationId } = await anOrganization();
    const refused: unknown = await change(actor, policy, 1).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'invalid',
      problem: { errors: errors.map(([path, code]) => ({ path, code })) },
    });
    expect(await licensing.told(organizationId)).toEqual([]);
  });

  it('is changed once per idempotency key; another change with the same key is refused', async () => {
    const { actor } = await anOrganization(1);
    const first = await change(actor, own, 1, 'the-same');
    expect(await change(actor, own, 1, 'the-same')).toEqual(first);
    await expect(change(actor, { ...own, localTime: '10:00' }, 1, 'the-same')).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    });
    expect(await change({ ...actor, memberId: uuidv7() }, { ...own, localTime: '10:00' }, 2, 'the-same')).toMatchObject(
      {
        version: 3,
      },
    );
  });

  it('is changed by only one of two changes that replace the same version; the other gets the current policy', async () => {
    const { actor } = await anOrganization(1);
    const answers = await Promise.allSettled(
      ['08:00', '10:00'].map((localTime) => change(actor, { ...own, localTime }, 1)),
    );
    const held = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []));
    expect(held).toMatchObject([{ version: 2 }]);
    expect(refused).toMatchObject([{ code: 'policy_changed', problem: { current: held[0] } }]);
  });

  it('can be read by Customer Success, and by nobody in another organization', async () => {
    const { actor, organizationId } = await anOrganization();
    await change(actor, own, 1);
    const reader = customerSuccess();
    expect(await gateway().ask(getPolicy, { actor: reader, organizationId })).toMatchObject({ version: 2 });
    expect(await gateway().ask(getPolicyChange, { actor: reader, organizationId, version: 2 })).toMatchObject({
      total: 0,
    });
    const stranger = superAdminOf(uuidv7());
    await expect(gateway().ask(getPolicy, { actor: stranger, organizationId })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(gateway().ask(getPolicyChange, { actor: stranger, version: 2 })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(gateway().ask(stopPolicyChange, { actor: stranger, version: 2 })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('a policy change', () => {
  it('moves the live subscriptions in batches, each once, and notifies their workflows', async () => {
    const { organizationId, actor, accountIds } = await anOrganization(7);
    await change(actor, own, 1);
    expect(await planOf(accountIds[0]!)).toEqual(byDefault);
    expect(await advance(organizationId, 2, 1)).toEqual({
      state: 'applying',
      total: 7,
      lookedAt: 3,
      moved: 3,
      kept: 0,
      batches: 1,
    });
    expect([await planOf(accountIds[2]!), await planOf(accountIds[3]!)]).toEqual([byOwn, byDefault]);
    expect(await advance(organizationId, 2, 2)).toMatchObject({ lookedAt: 6 });
    expect(await advance(organizationId, 2, 3)).toEqual({
      state: 'applied',
      total: 7,
      lookedAt: 7,
      moved: 7,
      kept: 0,
      batches: 3,
    });
    for (const accountId of accountIds) {
      expect(await planOf(accountId)).toEqual(byOwn);
      const replanned = (await licensing.told(accountId)).filter(
        ({ type }) => type === 'licensing.subscription.replanned',
      );
      expect(replanned).toMatchObject([{ cause: { memberId: actor.memberId }, data: { accountId, license: 'pro' } }]);
    }
    expect(await gateway().ask(getPolicyChange, { actor, version: 2 })).toMatchObject({
      state: 'applied',
      endedAt: expect.any(String),
    });
  });

  it('does a batch that is requested twice only once, even concurrently', async () => {
    const { organizationId, actor } = await anOrganization(7);
    await change(actor, own, 1);
    const answers = await Promise.all([1, 1, 1].map((batch) => advance(organizationId, 2, batch)));
    expect(answers.map(({ moved }) => moved)).toEqual([3, 3, 3]);
    expect(await advance(organizationId, 2, 1)).toMatchObject({ moved: 3, batches: 1 });
  });

  it('affects neither expired subscriptions nor other organizations', async () => {
    const { organizationId, actor, accountIds } = await anOrganization(1);
    const expired = await openIn(organizationId, new Date(Date.now() - 60 * DAY), 1);
    const other = await anOrganization(1);
    const { change: begun } = await change(actor, own, 1);
    expect(begun?.total).toBe(1);
    expect(await advanceToTheEnd(organizationId, 2)).toMatchObject({ lookedAt: 1, moved: 1 });
    const versions = await licensing.database.sql<{ account_id: string; version: number }>(
      `select account_id, version from licensing.subscriptions join licensing.reminder_policies using (policy_id)
       where account_id = any($1)`,
      [[...accountIds, expired.accountId, ...other.accountIds]],
    );
    expect(new Map(versions.map(({ account_id, version }) => [account_id, version]))).toEqual(
      new Map([
        [accountIds[0]!, 2],
        [expired.accountId, 1],
        [other.accountIds[0]!, 1],
      ]),
    );
  });

  it('skips for good what it made overdue, but not what was already due', async () => {
    const { organizationId, actor, accountIds } = await anOrganization(1);
    const [accountId] = accountIds as [string];
    // P1M is due, and its notice has not been sent yet, as after an outage.
    await moveTo(accountId, '2058-01-20T12:00:00.000Z');
    await change(actor, { ...own, offsets: ['P45D', 'P1M', 'P2W', 'P3D'] }, 1);
    await advanceToTheEnd(organizationId, 2);
    expect(await planOf(accountId)).toEqual([
      'P45D past_when_policy_applied',
      'P1M 2057-12-31T07:30:00.000Z',
      'P14D past_when_policy_applied',
      'P3D 2058-01-28T07:30:00.000Z',
      'expired 2058-01-31T23:00:00.000Z',
    ]);
    const { due, next } = await workflows().ask(getTimeline, { accountId, asOf: new Date().toISOString() });
    expect(due).toMatchObject([{ moment: { key: `${accountId}/1/P1M` }, action: 'send' }]);
    expect(next).toEqual({ kind: 'P3D', at: '2058-01-28T07:30:00.000Z' });
  });

  it('that is made while another is being applied takes over: the newest wins, for all subscriptions', async () => {
    const { organizationId, actor, accountIds } = await anOrganization(5);
    await change(actor, own, 1);
    await advance(organizationId, 2, 1);
    const third = { offsets: ['P10D'], localTime: '12:00' };
    await change(actor, third, 2);
    expect(await gateway().ask(getPolicyChange, { actor, version: 2 })).toMatchObject({
      state: 'superseded',
      moved: 3,
    });
    expect(await advance(organizationId, 2, 2)).toMatchObject({ state: 'superseded', moved: 3, batches: 1 });
    expect(await gateway().ask(continuePolicyChange, { actor, version: 2 })).toMatchObject({ state: 'superseded' });
    expect(await advanceToTheEnd(organizationId, 3)).toMatchObject({ state: 'applied', moved: 5 });
    for (const accountId of accountIds)
      expect(await planOf(accountId)).toEqual(['P10D 2058-01-21T11:00:00.000Z', 'expired 2058-01-31T23:00:00.000Z']);
  });

  it('can be made during a batch: every subscription ends up with the newest', async () => {
    const { organizationId, actor, accountIds } = await anOrganization(6);
    await change(actor, own, 1);
    const third = { offsets: ['P10D'], localTime: '12:00' };
    await Promise.all([advance(organizationId, 2, 1), change(actor, third, 2), advance(organizationId, 2, 2)]);
    await advanceToTheEnd(organizationId, 3);
    for (const accountId of accountIds) expect((await planOf(accountId))[0]).toBe('P10D 2058-01-21T11:00:00.000Z');
  });

  it('waits for a subscription that is being changed, and uses the result', async () => {
    const { organizationId, actor } = await anOrganization(1);
    await change(actor, own, 1);
    const { sql } = licensing.database;
    await sql('begin');
    // As after a renewal.
    await sql(
      `update licensing.subscriptions s set policy_id = p.policy_id from licensing.reminder_policies p
       where s.organization_id = $1 and p.organization_id = $1 and p.version = 2`,
      [organizationId],
    );
    const advanced = advance(organizationId, 2, 1);
    const waiting = `select from pg_locks where not granted and transactionid = pg_current_xact_id()::xid`;
    await eventually(async () => expect(await sql(waiting)).toHaveLength(1));
    await sql('commit');
    expect(await advanced).toMatchObject({ state: 'applied', lookedAt: 1, moved: 0 });
  });

  it('can be stopped, keeps its progress, and continues from there', async () => {
    const { organizationId, actor, accountIds } = await anOrganization(4);
    await change(actor, own, 1);
    await advance(organizationId, 2, 1);
    const stopped = await gateway().ask(stopPolicyChange, { actor, version: 2 });
    expect(stopped).toMatchObject({ state: 'stopped', lookedAt: 3, endedAt: null });
    expect(await gateway().ask(stopPolicyChange, { actor, version: 2 })).toEqual(stopped);
    expect(await advance(organizationId, 2, 2)).toMatchObject({ state: 'stopped', lookedAt: 3, batches: 1 });
    expect(await planOf(accountIds[3]!)).toEqual(byDefault);

    expect(await gateway().ask(continuePolicyChange, { actor, version: 2 })).toMatchObject({ state: 'applying' });
    expect(await gateway().ask(continuePolicyChange, { actor, version: 2 })).toMatchObject({ state: 'applying' });
    expect(
      (await licensing.told(organizationId)).filter(({ type }) => type === 'licensing.policy.resumed'),
    ).toMatchObject([{ version: 2, data: { organizationId, version: 2 } }]);
    expect(await advance(organizationId, 2, 2)).toMatchObject({ state: 'applied', moved: 4 });
    expect(await planOf(accountIds[3]!)).toEqual(byOwn);
    expect(await gateway().ask(stopPolicyChange, { actor, version: 2 })).toMatchObject({ state: 'applied' });
    const trail = await licensing.database.sql(
      `select action, cause, before, after from licensing.audit where organization_id = $1 and account_id is null
       order by at, entry_id`,
      [organizationId],
    );
    const byThem = { memberId: actor.memberId };
    expect(trail).toEqual([
      {
        action: 'policy.changed',
        cause: byThem,
        before: { version: 1, offsets: ['P1M', 'P7D', 'P0D'], localTime: '09:00' },
        after: { version: 2, offsets: ['P45D', 'P1M', 'P14D'], localTime: '08:30' },
      },
      { action: 'policy_change.stopped', cause: byThem, before: null, after: { version: 2 } },
      { action: 'policy_change.continued', cause: byThem, before: null, after: { version: 2 } },
      {
        action: 'policy_change.applied',
        cause: { service: 'workflows' },
        before: null,
        after: { version: 2, moved: 4 },
      },
    ]);
  });

  it('that is unfinished can be listed and resumed, in case its workflow is lost', async () => {
    const { organizationId, actor } = await anOrganization(1);
    await change(actor, own, 1);
    await gateway().ask(stopPolicyChange, { actor, version: 2 });
    const operator = licensing.ask('operator');
    const key = { organizationId, version: 2 };
    const all: unknown[] = [];
    for (
      let cursor: typeof key | null = { organizationId: '00000000-0000-0000-0000-000000000000', version: 0 };
      cursor;
    ) {
      const page: { items: (typeof key)[]; next: typeof key | null } = await operator.ask(listUnfinishedPolicyChanges, {
        limit: 2,
        cursor,
      });
      all.push(...page.items);
      cursor = page.next;
    }
    expect(all.filter((each) => (each as typeof key).organizationId === organizationId)).toEqual([key]);
    await operator.ask(resumePolicyChanges, { changes: [key] });
    expect((await licensing.told(organizationId)).at(-1)).toMatchObject({
      type: 'licensing.policy.resumed',
      version: 2,
    });
    await gateway().ask(continuePolicyChange, { actor, version: 2 });
    await advanceToTheEnd(organizationId, 2);
    const { items } = await operator.ask(listUnfinishedPolicyChanges, {});
    expect(items).not.toContainEqual(key);
  });
});

describe('while a policy change is being applied,', () => {
  it('a subscription that is opened or imported gets the newest version', async () => {
    const { organizationId, actor } = await anOrganization(1);
    await change(actor, own, 1);
    const opened = await openIn(organizationId);
    expect(opened.opened.timeline.map(({ kind }) => kind)).toEqual(['P45D', 'P1M', 'P14D', 'expired']);
    const { country, timeZone, license, datapoints, rtcLines } = aNewAccount();
    const accountId = uuidv7();
    const term = { anchor: new Date().toISOString().slice(0, 10), monthsBefore: 0, months: 12 };
    await licensing.ask('accounts').ask(importSubscriptions, {
      subscriptions: [{ accountId, organizationId, country, timeZone, license, datapoints, rtcLines, term }],
    });
    expect((await planOf(accountId)).map((moment) => moment.split(' ')[0])).toEqual(['P45D', 'P1M', 'P14D', 'expired']);
    expect(await advanceToTheEnd(organizationId, 2)).toMatchObject({ total: 1, lookedAt: 3, moved: 1 });
  });

  it('a renewed subscription still shows what the policy skipped in the old term', async () => {
    const { organizationId, actor, accountIds } = await anOrganization(1);
    const [accountId] = accountIds as [string];
    await moveTo(accountId, '2058-01-20T12:00:00.000Z');
    await change(actor, own, 1);
    await advanceToTheEnd(organizationId, 2);
    await renew(accountId, '2058-01-20T13:00:00.000Z');
    const { moments } = await gateway().ask(showTimeline, { actor, accountId });
    expect(moments.slice(0, 4).map(({ kind, status, reason }) => `${kind} ${status} ${reason}`)).toEqual([
      'P45D skipped past_when_policy_applied',
      'P1M not_applicable renewed',
      'P14D skipped past_when_policy_applied',
      'expired not_applicable renewed',
    ]);
  });

  it('a renewed subscription gets the newest version for its new term, and keeps the old version for the old term', async () => {
    const { organizationId, actor, accountIds } = await anOrganization(1);
    const [accountId] = accountIds as [string];
    await moveTo(accountId, '2058-01-20T12:00:00.000Z');
    await change(actor, own, 1);
    await renew(accountId, '2058-01-20T13:00:00.000Z');
    const secondTerm = [
      'P45D 2058-12-17T07:30:00.000Z',
      'P1M 2058-12-31T07:30:00.000Z',
      'P14D 2059-01-17T07:30:00.000Z',
      'expired 2059-01-31T23:00:00.000Z',
    ];
    expect(await planOf(accountId)).toEqual(secondTerm);
    expect(await advanceToTheEnd(organizationId, 2)).toMatchObject({ lookedAt: 1, moved: 0 });
    const { moments } = await gateway().ask(showTimeline, { actor, accountId });
    expect(moments.map(({ termNumber, kind, reason }) => `${termNumber} ${kind} ${reason ?? ''}`.trim())).toEqual([
      '1 P1M renewed',
      '1 P7D renewed',
      '1 P0D renewed',
      '1 expired renewed',
      '2 P45D',
      '2 P1M',
      '2 P14D',
      '2 expired',
    ]);
    // After another renewal, the first term still has the default policy.
    await change(actor, { offsets: ['P10D'], localTime: '12:00' }, 2);
    await advanceToTheEnd(organizationId, 3);
    const later = await gateway().ask(showTimeline, { actor, accountId });
    expect(later.moments.filter(({ termNumber }) => termNumber === 1)).toEqual(moments.slice(0, 4));
    expect(await planOf(accountId)).toEqual(['P10D 2059-01-21T11:00:00.000Z', 'expired 2059-01-31T23:00:00.000Z']);
  });

  const anExpired = (organizationId: string) => openIn(organizationId, new Date(Date.now() - 60 * DAY), 1);
  it.each([
    ['opened', 'subscriptions', async (organizationId: string) => () => openIn(organizationId)],
    [
      'renewed after it has expired',
      'terms',
      async (organizationId: string) => {
        const { accountId } = await anExpired(organizationId);
        return async () => {
          await renew(accountId, new Date().toISOString());
          return { accountId };
        };
      },
    ],
  ])('a subscription that is being %s by the previous version is not left behind', async (_, table, begun) => {
    const { organizationId, actor } = await anOrganization();
    const begin = await begun(organizationId);
    const { sql } = licensing.database;
    const waiting = (locktype: string) =>
      sql(
        `select from pg_locks where not granted and locktype = $1
         and database = (select oid from pg_database where datname = current_database())`,
        [locktype],
      );
    await sql('begin');
    // The started operation has read the policy, and cannot store yet.
    await sql(`lock table licensing.${table} in share mode`);
    const beginning = begin();
    await eventually(async () => expect(await waiting('relation')).toHaveLength(1));
    let isChanged = false;
    const changing = change(actor, own, 1).then(() => (isChanged = true));
    await eventually(async () => expect(isChanged || (await waiting('advisory')).length > 0).toBe(true));
    if (isChanged) await advanceToTheEnd(organizationId, 2);
    await sql('commit');
    const { accountId } = await beginning;
    await changing;
    await advanceToTheEnd(organizationId, 2);
    expect((await planOf(accountId)).map((moment) => moment.split(' ')[0])).toEqual(['P45D', 'P1M', 'P14D', 'expired']);
  });
});

describe('the preview of a policy change', () => {
  const preview = (actor: Actor, policy: ChosenPolicy, cursor?: string) =>
    gateway().ask(previewPolicy, { actor, policy, ...(cursor && { cursor }) });

  it('says how many accounts are affected and what each would send or skip, by the planner that applies it', async () => {
    const { organizationId, actor, accountIds } = await anOrganization(3);
    const [first] = accountIds as [string];
    await moveTo(first, '2057-12-25T12:00:00.000Z');
    const previewed = await preview(actor, own);
    expect(previewed).toMatchObject({
      offsets: ['P45D', 'P1M', 'P14D'],
      localTime: '08:30',
      ...{ touched: 3, reckoned: 3, next: null },
      effects: [
        // P45D and P14D are added, P7D and P0D are removed, and P1M moves half an hour earlier.
        { accounts: 2, more: 2, fewer: 2, moved: 1, skipped: 0 },
        { accounts: 1, more: 1, fewer: 2, moved: 1, skipped: 1 },
      ],
    });
    expect(previewed.examples.map(({ accountId }) => accountId)).toEqual(accountIds);
    const [example] = previewed.examples;
    expect(example).toMatchObject({ timeZone: 'Europe/Madrid', expiresOn: '2058-01-31' });
    expect(example?.before.map(({ kind }) => kind)).toEqual(['P1M', 'P7D', 'P0D', 'expired']);

    expect(await gateway().ask(getPolicy, { actor })).toMatchObject({ version: 1 });
    await change(actor, own, 1);
    await advanceToTheEnd(organizationId, 2);
    const { moments } = await gateway().ask(showTimeline, { actor, accountId: first });
    expect(moments).toEqual(example?.after);
  });

  it('counts every account, however many share their dates', async () => {
    const { actor, accountIds } = await anOrganization(1);
    await licensing.database.sql(
      `with others as (select gen_random_uuid() as id from generate_series(1, 10000)),
         as_one as (select id, jsonb_build_object('account_id', id, 'opened_by', id, 'application_id', id) as own from others),
         subscriptions as (
           insert into licensing.subscriptions select (jsonb_populate_record(one, own)).*
           from licensing.subscriptions one, as_one where account_id = $1),
         entitlements as (
           insert into licensing.entitlements select (jsonb_populate_record(one, own)).*
           from licensing.entitlements one, as_one where account_id = $1)
       insert into licensing.terms select (jsonb_populate_record(one, own)).*
       from licensing.terms one, as_one where account_id = $1`,
      accountIds,
    );
    expect(await preview(actor, own)).toMatchObject({
      ...{ touched: 10_001, reckoned: 10_001 },
      effects: [{ accounts: 10_001, more: 2, fewer: 2, moved: 1, skipped: 0 }],
    });
  });

  it('shows examples a page at a time', async () => {
    const { actor, accountIds } = await anOrganization(13);
    const first = await preview(actor, own);
    expect(first.examples.map(({ accountId }) => accountId)).toEqual(accountIds.slice(0, 10));
    const second = await preview(actor, own, first.next!);
    expect(second.examples.map(({ accountId }) => accountId)).toEqual(accountIds.slice(10));
    expect([second.next, second.effects]).toEqual([null, first.effects]);
  });

  it('leaves out an account whose zone this Node does not know, which the change leaves as it is', async () => {
    const { organizationId, actor, accountIds } = await anOrganization(3);
    const [first, unknown, last] = accountIds as [string, string, string];
    const liesIn = (timeZone: string) =>
      licensing.database.sql('update licensing.subscriptions set time_zone = $2 where account_id = $1', [
        unknown,
        timeZone,
      ]);
    await liesIn('Mars/Olympus_Mons');
    try {
      const { examples, ...previewed } = await preview(actor, own);
      expect(previewed).toMatchObject({
        ...{ touched: 3, reckoned: 2, next: null },
        effects: [{ accounts: 2, more: 2, fewer: 2, moved: 1, skipped: 0 }],
      });
      expect(examples.map(({ accountId }) => accountId)).toEqual([first, last]);
      await change(actor, own, 1);
      expect(await advanceToTheEnd(organizationId, 2)).toMatchObject({
        ...{ state: 'applied', lookedAt: 3, moved: 2, kept: 1 },
      });
    } finally {
      await liesIn('Europe/Madrid');
    }
    expect(await Promise.all([first, unknown, last].map(planOf))).toEqual([byOwn, byDefault, byOwn]);
    expect(await gateway().ask(getPolicyChange, { actor, version: 2 })).toMatchObject({ moved: 2, kept: 1 });
    const [applied] = await licensing.database.sql<{ after: unknown }>(
      `select after from licensing.audit where organization_id = $1 and action = 'policy_change.applied'`,
      [organizationId],
    );
    expect(applied!.after).toEqual({ version: 2, moved: 2, kept: 1 });
  });

  it('refuses an invalid policy, with the field', () =>
    expect(preview(superAdminOf(uuidv7()), { offsets: ['P1M', 'P1M'], localTime: '09:00' })).rejects.toMatchObject({
      problem: { code: 'invalid', errors: [{ path: 'policy.offsets.1', code: 'double' }] },
    }));
});
