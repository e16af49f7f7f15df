import {
  applyChange,
  checkManyPlans,
  checkPlan,
  getManyTimelines,
  getTimeline,
  previewContract,
  setSubscriptionClock,
  showTimeline,
} from '@tenure/contracts';
import { uuidv7 } from 'uuidv7';
import { forAllTests } from '@tenure/testing';
import { customerSuccess, startLicensing, superAdminOf, type OpenAccount } from '../testing/licensing.js';

const licensing = forAllTests(startLicensing);

/** 2057-01-31 to 2058-01-31 in Madrid: so far in the future that no moment is due by the real clock. */
const open = () => licensing.open({ decidedAt: new Date('2057-01-31T10:00:00.000Z') });
const renew = ({ accountId }: OpenAccount, decidedAt: string) =>
  licensing.ask('workflows').ask(applyChange, {
    applicationId: uuidv7(),
    decidedAt,
    change: { type: 'renew_subscription', accountId, months: 12 },
  });
/** Moves the account's clock forward to that instant, at most a minute past it. */
const moveTo = ({ accountId }: OpenAccount, instant: string) =>
  licensing.ask('gateway').ask(setSubscriptionClock, {
    actor: customerSuccess(),
    accountId,
    aheadSeconds: Math.ceil((Date.parse(instant) - Date.now()) / 1000),
  });
const timeline = ({ accountId }: OpenAccount, asOf: string) =>
  licensing.ask('workflows').ask(getTimeline, { accountId, asOf });
const check = ({ accountId }: OpenAccount, kind: string, termNumber: number | null = 1) =>
  licensing.ask('notifications').ask(checkPlan, { accountId, termNumber, kind });

describe('the timeline that a workflow acts on', () => {
  it('says what is next before anything is due', async () => {
    const account = await open();
    expect(await timeline(account, '2057-02-01T00:00:00.000Z')).toEqual({
      organizationId: account.organizationId,
      facts: account.opened.facts,
      term: account.opened.term,
      timeZone: 'Europe/Madrid',
      revision: 1,
      validUntil: '2058-01-31T23:00:00.000Z',
      renewalPending: false,
      due: [],
      next: { kind: 'P1M', at: '2057-12-31T08:00:00.000Z' },
      clockAheadSeconds: 0,
    });
  });

  it('says what is due, with the key of its notice', async () => {
    const account = await open();
    await moveTo(account, '2057-12-31T08:00:00.000Z');
    const { due, next } = await timeline(account, '2057-12-31T08:00:00.000Z');
    expect(due).toEqual([
      {
        moment: {
          key: `${account.accountId}/1/P1M`,
          termNumber: 1,
          kind: 'P1M',
          at: '2057-12-31T08:00:00.000Z',
          status: 'planned',
          reason: null,
        },
        action: 'send',
        reason: null,
      },
    ]);
    expect(next).toEqual({ kind: 'P7D', at: '2058-01-24T08:00:00.000Z' });
  });

  it("is as of now in the account's clock, when the workflow's own time is behind", async () => {
    const account = await open();
    await moveTo(account, '2058-01-24T08:00:00.000Z');
    const { due } = await timeline(account, '2057-02-01T00:00:00.000Z');
    expect(due.map(({ moment: { kind }, action }) => [kind, action])).toEqual([
      ['P1M', 'skip'],
      ['P7D', 'send'],
    ]);
  });

  it('does not trust a clock that is ahead of ours: nothing is due yet, and the asker has to check later by the difference', async () => {
    const account = await open();
    const asOf = '2057-12-31T08:00:01.000Z';
    const ahead = Date.parse(asOf) - Date.now();
    const { facts, due, next } = await timeline(account, asOf);
    expect([facts.state, due, next!.kind]).toEqual(['active', [], 'P1M']);
    const later = Date.parse(next!.at) - Date.parse('2057-12-31T08:00:00.000Z');
    expect(Math.abs(later - ahead)).toBeLessThan(10_000);
  });

  it('trusts a clock that is ahead of ours by less than clocks may differ', async () => {
    const account = await open();
    await moveTo(account, '2057-12-31T07:59:30.000Z');
    const { due, next } = await timeline(account, '2057-12-31T08:00:00.000Z');
    expect(due).toMatchObject([{ moment: { kind: 'P1M' }, action: 'send' }]);
    expect(next).toEqual({ kind: 'P7D', at: '2058-01-24T08:00:00.000Z' });
  });

  it('is that of the new term after a renewal, under a new revision', async () => {
    const account = await open();
    await renew(account, '2058-01-01T10:00:00.000Z');
    expect(await timeline(account, '2058-01-25T00:00:00.000Z')).toMatchObject({
      revision: 2,
      term: { number: 2, expiresOn: '2059-01-31' },
      due: [],
      next: { kind: 'P1M', at: '2058-12-31T08:00:00.000Z' },
    });
  });
});

it('one message can ask for many timelines, each answered or refused on its own', async () => {
  const [first, second] = [await open(), await open()];
  const asOf = '2057-02-01T00:00:00.000Z';
  const ids = [first.accountId, uuidv7(), second.accountId];
  const { items } = await licensing
    .ask('workflows')
    .ask(getManyTimelines, { asks: ids.map((accountId) => ({ accountId, asOf })) });
  expect(items).toEqual([
    { answer: await timeline(first, asOf) },
    { problem: expect.objectContaining({ code: 'not_found' }) },
    { answer: await timeline(second, asOf) },
  ]);
});

it('an account whose zone this Node does not know is also refused on its own, as are its changes, until an instance that knows it answers', async () => {
  const [first, unknown] = [await open(), await open()];
  const asOf = '2057-02-01T00:00:00.000Z';
  await licensing.database.sql(
    `update licensing.subscriptions set time_zone = 'Mars/Olympus_Mons' where account_id = $1`,
    [unknown.accountId],
  );
  const asks = [unknown, first].map(({ accountId }) => ({ accountId, asOf }));
  expect(await licensing.ask('workflows').ask(getManyTimelines, { asks })).toEqual({
    items: [
      {
        problem: expect.objectContaining({ code: 'unavailable', detail: expect.stringContaining('Mars/Olympus_Mons') }),
      },
      { answer: await timeline(first, asOf) },
    ],
  });
  const change = { type: 'change_datapoints', accountId: unknown.accountId, datapoints: 300 } as const;
  await expect(licensing.ask('accounts').ask(previewContract, { change, asOf })).rejects.toMatchObject({
    problem: { code: 'unavailable', detail: expect.stringContaining('Mars/Olympus_Mons') },
  });
  await licensing.database.sql(`update licensing.subscriptions set time_zone = 'Europe/Madrid' where account_id = $1`, [
    unknown.accountId,
  ]);
});

it.each<[string, (at: string) => Promise<unknown>]>([
  ['a timeline', async (asOf) => timeline(await open(), asOf)],
  [
    'a renewal',
    async (asOf) => {
      const { accountId } = await open();
      const change = { type: 'renew_subscription', accountId, months: 60, submittedAt: asOf } as const;
      return licensing.ask('accounts').ask(previewContract, { change, asOf });
    },
  ],
  ['an account', (decidedAt) => licensing.open({ decidedAt: new Date(decidedAt) })],
])('%s accepts an instant before the year 9000, and refuses later ones', async (_, ask) => {
  await ask('8999-12-31T23:59:59.999Z');
  await expect(ask('9999-12-31T23:59:59.999Z')).rejects.toMatchObject({ problem: { code: 'invalid' } });
});

describe('the timeline for people', () => {
  it('has the moments of every term, and says which a renewal dropped', async () => {
    const account = await open();
    await renew(account, '2058-01-01T10:00:00.000Z');
    const shown = await licensing
      .ask('gateway')
      .ask(showTimeline, { actor: superAdminOf(account.organizationId), accountId: account.accountId });
    expect(shown.terms.map(({ number, firstDay, expiresOn }) => [number, firstDay, expiresOn])).toEqual([
      [1, '2057-01-31', '2058-01-31'],
      [2, '2058-02-01', '2059-01-31'],
    ]);
    expect(shown.moments.map(({ termNumber, kind, at, status }) => [termNumber, kind, at, status])).toEqual([
      [1, 'P1M', '2057-12-31T08:00:00.000Z', 'not_applicable'],
      [1, 'P7D', '2058-01-24T08:00:00.000Z', 'not_applicable'],
      [1, 'P0D', '2058-01-31T08:00:00.000Z', 'not_applicable'],
      [1, 'expired', '2058-01-31T23:00:00.000Z', 'not_applicable'],
      [2, 'P1M', '2058-12-31T08:00:00.000Z', 'planned'],
      [2, 'P7D', '2059-01-24T08:00:00.000Z', 'planned'],
      [2, 'P0D', '2059-01-31T08:00:00.000Z', 'planned'],
      [2, 'expired', '2059-01-31T23:00:00.000Z', 'planned'],
    ]);
    expect(shown.validUntil).toBe('2059-01-31T23:00:00.000Z');
  });

  it('has the terms oldest first, however many', async () => {
    const account = await open();
    for (const decidedAt of ['2058-01-01T10:00:00.000Z', '2059-01-01T10:00:00.000Z']) await renew(account, decidedAt);
    const { terms } = await licensing
      .ask('gateway')
      .ask(showTimeline, { actor: superAdminOf(account.organizationId), accountId: account.accountId });
    expect(terms.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it('is shown to Customer Success, and to no other organization', async () => {
    const { accountId } = await open();
    const show = (actor: ReturnType<typeof superAdminOf>) =>
      licensing.ask('gateway').ask(showTimeline, { actor, accountId });
    expect((await show(customerSuccess())).terms.length).toBe(1);
    await expect(show(superAdminOf(uuidv7()))).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the check shortly before a notice is sent', () => {
  it('returns the current figures and dates', async () => {
    const account = await open();
    await moveTo(account, '2058-01-25T12:00:00.000Z');
    const checked = await check(account, 'P7D');
    expect(checked).toMatchObject({
      current: true,
      reason: null,
      facts: account.opened.facts,
      term: account.opened.term,
      timeZone: 'Europe/Madrid',
      validUntil: '2058-01-31T23:00:00.000Z',
      daysLeft: 6,
      renewalPending: false,
    });
    expect(checked.now.slice(0, 13)).toBe('2058-01-25T12');
    expect(await check(account, 'P1M')).toMatchObject({ current: false, reason: 'superseded' });
  });

  it('does not release a reminder after a renewal', async () => {
    const account = await open();
    await renew(account, '2058-01-24T07:59:59.000Z');
    await moveTo(account, '2058-01-24T08:00:00.000Z');
    expect(await check(account, 'P7D')).toMatchObject({ current: false, reason: 'renewed' });
    expect(await check(account, 'subscription_renewed', null)).toMatchObject({
      current: true,
      term: { number: 2, expiresOn: '2059-01-31' },
    });
  });
});

it('one message can check many plans, each answered or refused on its own', async () => {
  const [first, second] = [await open(), await open()];
  const ask = { termNumber: 1, kind: 'P7D' };
  const { items } = await licensing.ask('notifications').ask(checkManyPlans, {
    asks: [
      { accountId: first.accountId, ...ask },
      { accountId: uuidv7(), ...ask },
      { accountId: second.accountId, ...ask, termNumber: 2 },
    ],
  });
  expect(items).toMatchObject([
    { answer: { current: true, term: first.opened.term } },
    { problem: { code: 'not_found' } },
    { answer: { current: false } },
  ]);
});
