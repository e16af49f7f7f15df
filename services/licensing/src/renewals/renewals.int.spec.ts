import {
  applicationFailed,
  applicationFulfilled,
  applicationLapsed,
  applicationRejected,
  applicationResumed,
  applicationSubmitted,
  applicationWithdrawn,
  applyChange,
  checkPlan,
  eventSubject,
  expireSubscription,
  getEntitlement,
  getTimeline,
  showTimeline,
  subscriptionExpired,
  type DataOf,
  type Event,
} from '@tenure/contracts';
import { eventually, forAllTests } from '@tenure/testing';
import { uuidv7 } from 'uuidv7';
import { DAY, startLicensing, superAdminOf, type OpenAccount } from '../testing/licensing.js';
import { RenewalsService } from './renewals.service.js';

const licensing = forAllTests(startLicensing);

/**
 * Opens an account whose last day was that many days ago (0 is today), in a zone whose clocks never change. The
 * decision is four years earlier, since a date one year earlier may have no 29 February.
 */
const openEnding = (daysAgo: number) => {
  const decidedAt = new Date(Date.now() - daysAgo * DAY);
  decidedAt.setUTCFullYear(decidedAt.getUTCFullYear() - 4);
  return licensing.open({ country: 'IS', timeZone: 'Atlantic/Reykjavik', decidedAt, months: 48 });
};
const hear = (
  { accountId, organizationId }: OpenAccount,
  heard: { applicationId: string; submittedAt?: string; hasEnded?: boolean },
) =>
  licensing.get(RenewalsService).hear({
    accountId,
    organizationId,
    applicationId: heard.applicationId,
    submittedAt: heard.submittedAt === undefined ? null : new Date(heard.submittedAt),
    hasEnded: heard.hasEnded ?? heard.submittedAt === undefined,
  });
const entitlement = ({ accountId }: OpenAccount) => licensing.ask('ingestion').ask(getEntitlement, { accountId });
const beforeEnd = ({ opened }: OpenAccount) => new Date(Date.parse(opened.term.expiresAt) - 1).toISOString();
const fifteenDaysOn = (instant: string) => new Date(Date.parse(instant) + 15 * DAY).toISOString();

describe('a pending renewal that was sent before the expiry', () => {
  it('keeps the account working for 15 days, immediately and with an event', async () => {
    const account = await licensing.open({
      timeZone: 'Atlantic/Canary',
      decidedAt: new Date('2026-10-31T12:00:00.000Z'),
      months: 1,
    });
    const applicationId = uuidv7();
    await hear(account, { applicationId, submittedAt: beforeEnd(account) });
    expect(await entitlement(account)).toMatchObject({ revision: 2, validUntil: '2026-12-16T00:00:00.000Z' });
    expect((await licensing.told(account.accountId)).at(-1)).toMatchObject({
      type: 'licensing.entitlement.changed',
      applicationId,
      version: 2,
      data: { validUntil: '2026-12-16T00:00:00.000Z', renewalPending: true },
    });
  });

  it('brings back an account that has expired in the meantime, for those days', async () => {
    const account = await openEnding(3);
    expect(await entitlement(account)).toMatchObject({ state: 'expired' });
    await hear(account, { applicationId: uuidv7(), submittedAt: beforeEnd(account) });
    expect(await entitlement(account)).toMatchObject({
      state: 'active',
      validUntil: fifteenDaysOn(account.opened.validUntil),
    });
  });

  it('has the expiry recorded and published again when the account stops, if it is received after the expiry was recorded', async () => {
    const account = await openEnding(3);
    const { accountId } = account;
    const expire = () =>
      licensing.ask('workflows').ask(expireSubscription, { accountId, termNumber: 1, asOf: new Date().toISOString() });
    const toldOfExpiry = async () =>
      (await licensing.told(accountId)).filter(({ type }) => type === subscriptionExpired.name).length;
    await expire();
    const applicationId = uuidv7();
    await hear(account, { applicationId, submittedAt: beforeEnd(account) });
    expect(await expire()).toMatchObject({ expired: false });
    await hear(account, { applicationId });
    for (let round = 0; round < 2; round += 1) expect(await expire()).toMatchObject({ expired: true });
    expect(await toldOfExpiry()).toBe(2);
  });

  it('no longer extends the account once it has ended', async () => {
    const account = await openEnding(3);
    const applicationId = uuidv7();
    await hear(account, { applicationId, submittedAt: beforeEnd(account) });
    await hear(account, { applicationId });
    expect(await entitlement(account)).toMatchObject({
      state: 'expired',
      validUntil: account.opened.validUntil,
      revision: 3,
    });
  });

  it('is in the audit trail with the end that it gives the account, and so is its own end', async () => {
    const account = await openEnding(3);
    const applicationId = uuidv7();
    for (const submittedAt of [beforeEnd(account), undefined]) await hear(account, { applicationId, submittedAt });
    const [without, by] = [account.opened.validUntil, fifteenDaysOn(account.opened.validUntil)];
    expect(
      await licensing.database.sql(
        `select action, cause, before, after from licensing.audit
         where account_id = $1 and action like 'renewal.%' order by entry_id`,
        [account.accountId],
      ),
    ).toMatchObject([
      {
        action: 'renewal.pending',
        cause: { applicationId },
        before: { validUntil: without },
        after: { validUntil: by },
      },
      { action: 'renewal.ended', cause: { applicationId }, before: { validUntil: by }, after: { validUntil: without } },
    ]);
  });

  it('leaves the actual time at which the account stopped, for the notice, if it ends after the expiry', async () => {
    const account = await openEnding(10);
    const applicationId = uuidv7();
    await hear(account, { applicationId, submittedAt: beforeEnd(account) });
    await hear(account, { applicationId });
    const { due } = await licensing
      .ask('workflows')
      .ask(getTimeline, { accountId: account.accountId, asOf: new Date().toISOString() });
    expect(due.at(-1)).toMatchObject({ moment: { kind: 'expired', at: account.opened.validUntil }, action: 'send' });
    const [term] = await licensing.database.sql<{ stoppedAt: Date }>(
      'select stopped_at as "stoppedAt" from licensing.terms where account_id = $1',
      [account.accountId],
    );
    const plan = { accountId: account.accountId, termNumber: 1, kind: 'expired' };
    expect(await licensing.ask('notifications').ask(checkPlan, plan)).toMatchObject({
      validUntil: account.opened.validUntil,
      workedUntil: term!.stoppedAt.toISOString(),
      hasReminders: true,
    });
    const shown = async () => {
      const actor = superAdminOf(account.organizationId);
      const { terms } = await licensing.ask('gateway').ask(showTimeline, { actor, accountId: account.accountId });
      return terms.map(({ number, expiresOn, workedUntil }) => ({ number, expiresOn, workedUntil }));
    };
    const first = { number: 1, expiresOn: account.opened.term.expiresOn, workedUntil: term!.stoppedAt.toISOString() };
    expect(await shown()).toEqual([first]);
    await licensing.ask('workflows').ask(applyChange, {
      ...{ applicationId: uuidv7(), decidedAt: new Date().toISOString() },
      change: { type: 'renew_subscription', accountId: account.accountId, months: 1 },
    });
    expect(await shown()).toEqual([first, { number: 2, expiresOn: expect.any(String), workedUntil: undefined }]);
  });
});

describe('a renewal that was sent at or after the expiry', () => {
  it('is pending, and does not extend the account', async () => {
    const account = await openEnding(3);
    await hear(account, { applicationId: uuidv7(), submittedAt: account.opened.term.expiresAt });
    expect(await entitlement(account)).toMatchObject({ state: 'expired', validUntil: account.opened.validUntil });
    expect((await licensing.told(account.accountId)).at(-1)).toMatchObject({ data: { renewalPending: true } });
  });

  it('changes neither when the account stopped, nor that its expiry has been published', async () => {
    const account = await openEnding(10);
    const { accountId } = account;
    const inTime = uuidv7();
    await hear(account, { applicationId: inTime, submittedAt: beforeEnd(account) });
    await hear(account, { applicationId: inTime });
    const asOf = new Date().toISOString();
    await licensing.ask('workflows').ask(expireSubscription, { accountId, termNumber: 1, asOf });
    const stored = () =>
      licensing.database.sql('select stopped_at, expired_at from licensing.terms where account_id = $1', [accountId]);
    const before = await stored();
    expect(before).toEqual([{ stopped_at: expect.any(Date), expired_at: expect.any(Date) }]);
    await hear(account, { applicationId: uuidv7(), submittedAt: asOf });
    expect(await stored()).toEqual(before);
  });
});

describe('in whatever order its events arrive,', () => {
  it('an end that arrives before the submission wins', async () => {
    const account = await openEnding(3);
    const applicationId = uuidv7();
    await hear(account, { applicationId });
    await hear(account, { applicationId, submittedAt: beforeEnd(account) });
    expect(await entitlement(account)).toMatchObject({ state: 'expired', revision: 1 });
  });

  it('a repeated event changes nothing, and publishes nothing', async () => {
    const account = await openEnding(3);
    const applicationId = uuidv7();
    for (let round = 0; round < 3; round += 1) await hear(account, { applicationId, submittedAt: beforeEnd(account) });
    expect(await entitlement(account)).toMatchObject({ revision: 2 });
    for (let round = 0; round < 3; round += 1) await hear(account, { applicationId });
    await hear(account, { applicationId, submittedAt: beforeEnd(account) });
    expect(await entitlement(account)).toMatchObject({ revision: 3, validUntil: account.opened.validUntil });
  });

  it.each([[[0, 1, 2]], [[0, 2, 1]], [[1, 0, 2]], [[1, 2, 0]], [[2, 0, 1]], [[2, 1, 0]]])(
    'two renewals, the first of them ended, leave the second pending: %j',
    async (order) => {
      const account = await openEnding(3);
      const [first, second] = [uuidv7(), uuidv7()];
      const heard = [
        { applicationId: first, submittedAt: new Date(Date.parse(beforeEnd(account)) - DAY).toISOString() },
        { applicationId: first },
        { applicationId: second, submittedAt: beforeEnd(account) },
      ];
      for (const index of order) await hear(account, heard[index]!);
      expect(await entitlement(account)).toMatchObject({
        state: 'active',
        validUntil: fifteenDaysOn(account.opened.validUntil),
      });
      await hear(account, { applicationId: second });
      expect(await entitlement(account)).toMatchObject({ state: 'expired', validUntil: account.opened.validUntil });
    },
  );

  it('the renewal keeps the account working until it ends, even if another is sent after the expiry while it is being applied', async () => {
    const account = await openEnding(3);
    const [inTime, late] = [uuidv7(), uuidv7()];
    await hear(account, { applicationId: inTime, submittedAt: beforeEnd(account) });
    await hear(account, { applicationId: late, submittedAt: new Date().toISOString() });
    const days = fifteenDaysOn(account.opened.validUntil);
    expect(await entitlement(account)).toMatchObject({ state: 'active', validUntil: days, revision: 2 });
    await hear(account, { applicationId: inTime });
    expect(await entitlement(account)).toMatchObject({ state: 'expired', validUntil: account.opened.validUntil });
  });

  it('many events at once have the same result', async () => {
    const account = await openEnding(3);
    // Two of each at once: no more than licensing has connections.
    const applicationIds = Array.from({ length: 5 }, () => uuidv7());
    await Promise.all(
      applicationIds.flatMap((applicationId) => [
        hear(account, { applicationId, submittedAt: beforeEnd(account) }),
        hear(account, { applicationId }),
      ]),
    );
    expect(await entitlement(account)).toMatchObject({ state: 'expired', validUntil: account.opened.validUntil });
  });
});

describe('the approved renewal', () => {
  const renew = ({ accountId }: OpenAccount, applicationId: string, decidedAt: string) =>
    licensing.ask('workflows').ask(applyChange, {
      applicationId,
      decidedAt,
      change: { type: 'renew_subscription', accountId, months: 12 },
    });

  it('follows the old term if it is decided within the 15 days, so that no day is lost', async () => {
    const account = await openEnding(3);
    const applicationId = uuidv7();
    await hear(account, { applicationId, submittedAt: beforeEnd(account) });
    const { term } = await renew(account, applicationId, new Date().toISOString());
    expect(term).toMatchObject({ number: 2, anchor: account.opened.term.anchor });
  });

  it('is no longer pending, before and after accounts says so', async () => {
    const account = await openEnding(3);
    const applicationId = uuidv7();
    await hear(account, { applicationId, submittedAt: beforeEnd(account) });
    const { validUntil, term } = await renew(account, applicationId, new Date().toISOString());
    expect(validUntil).toBe(term.expiresAt);
    expect(await entitlement(account)).toMatchObject({ validUntil, revision: 3 });
    await hear(account, { applicationId });
    expect(await entitlement(account)).toMatchObject({ validUntil, revision: 3 });
  });

  it('counts from its own submission if another was sent since, which stays pending', async () => {
    const account = await openEnding(3);
    const [approved, next] = [uuidv7(), uuidv7()];
    await hear(account, { applicationId: approved, submittedAt: beforeEnd(account) });
    await hear(account, { applicationId: next, submittedAt: new Date().toISOString() });
    const { term } = await renew(account, approved, new Date().toISOString());
    expect(term).toMatchObject({ number: 2, anchor: account.opened.term.anchor });
    expect(await entitlement(account)).toMatchObject({ validUntil: fifteenDaysOn(term.expiresAt) });
    expect((await licensing.told(account.accountId)).at(-2)).toMatchObject({ data: { renewalPending: true } });
  });

  it('does not extend the new term when its submission is received only afterwards', async () => {
    const account = await openEnding(0);
    const applicationId = uuidv7();
    const { validUntil } = await renew(account, applicationId, beforeEnd(account));
    await hear(account, { applicationId, submittedAt: beforeEnd(account) });
    expect(await entitlement(account)).toMatchObject({ validUntil, revision: 2 });
  });

  it('follows the old term if it was decided within the 15 days, even if a worker processes it after them', async () => {
    const account = await openEnding(30);
    const applicationId = uuidv7();
    await hear(account, { applicationId, submittedAt: beforeEnd(account) });
    expect(await entitlement(account)).toMatchObject({ state: 'expired' });
    const decidedAt = new Date(Date.parse(account.opened.validUntil) + 14 * DAY).toISOString();
    const { term } = await renew(account, applicationId, decidedAt);
    expect(term).toMatchObject({ anchor: account.opened.term.anchor });
  });
});

describe("accounts' events", () => {
  const tell = async <E extends Event>(account: OpenAccount, event: E, applicationId: string, more: object = {}) => {
    const { accountId, organizationId } = account;
    const data = { type: 'renew_subscription', accountId, clockAheadSeconds: 0, ...more } as unknown as DataOf<E>;
    const envelope = {
      id: uuidv7(),
      type: event.name,
      schema: 1,
      at: new Date().toISOString(),
      organizationId,
      accountId,
      applicationId,
      version: 1,
      cause: {},
      data,
    };
    const nats = await licensing.nats.connect();
    // The event stream answers once it has stored the event.
    await nats.request(eventSubject(event, organizationId), JSON.stringify(envelope), { timeout: 30_000 });
  };
  const submit = (account: OpenAccount, applicationId: string, more: object = {}) =>
    tell(account, applicationSubmitted, applicationId, {
      submittedAt: beforeEnd(account),
      lapsesAt: new Date().toISOString(),
      ...more,
    });
  const facts = { license: 'pro', contracted: 200, rtcLines: 0, expiresOn: '2027-01-01', state: 'active' };
  const ends: [string, Event, object][] = [
    ['rejected', applicationRejected, { decidedAt: new Date().toISOString(), decidedBy: uuidv7() }],
    ['withdrawn', applicationWithdrawn, { withdrawnBy: uuidv7() }],
    ['lapsed', applicationLapsed, {}],
    ['failed', applicationFailed, { code: 'contract_refused' }],
    ['fulfilled', applicationFulfilled, { after: facts }],
  ];

  it.each(ends)('make a renewal pending and, when it is %s, end it', async (_, end, more) => {
    const account = await openEnding(3);
    const applicationId = uuidv7();
    await submit(account, applicationId);
    await eventually(async () => expect(await entitlement(account)).toMatchObject({ state: 'active', revision: 2 }));
    await tell(account, end, applicationId, more);
    await eventually(async () => expect(await entitlement(account)).toMatchObject({ state: 'expired', revision: 3 }));
  });

  it('repeat what was missed when resumed: that a renewal is pending, and that it has ended', async () => {
    const account = await openEnding(3);
    const applicationId = uuidv7();
    const submittedAt = beforeEnd(account);
    const again = (more: object) => tell(account, applicationResumed, applicationId, more);
    await again({ submittedAt, hasEnded: false });
    await eventually(async () => expect(await entitlement(account)).toMatchObject({ state: 'active', revision: 2 }));
    await again({ submittedAt, hasEnded: true });
    await eventually(async () => expect(await entitlement(account)).toMatchObject({ state: 'expired', revision: 3 }));
    await again({ submittedAt, hasEnded: false });
    await submit(account, uuidv7(), { submittedAt });
    await eventually(async () => expect(await entitlement(account)).toMatchObject({ state: 'active', revision: 4 }));
    expect(
      await licensing.database.sql('select submitted_at, has_ended from licensing.renewals where application_id = $1', [
        applicationId,
      ]),
    ).toEqual([{ submitted_at: new Date(submittedAt), has_ended: true }]);
  });

  it('about other applications change nothing', async () => {
    const account = await openEnding(3);
    await submit(account, uuidv7(), { type: 'change_license' });
    await submit(account, uuidv7());
    await eventually(async () => expect(await entitlement(account)).toMatchObject({ state: 'active' }));
    const renewals = await licensing.database.sql('select from licensing.renewals where account_id = $1', [
      account.accountId,
    ]);
    expect(renewals.length).toBe(1);
  });
});
