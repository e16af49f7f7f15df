import { expireSubscription, getEntitlement, getTimeline, setSubscriptionClock } from '@tenure/contracts';
import { Database } from '@tenure/platform';
import { eventually, forAllTests } from '@tenure/testing';
import { uuidv7 } from 'uuidv7';
import { RenewalsService } from '../renewals/renewals.service.js';
import { Settings } from '../settings.js';
import { DAY, startLicensing, superAdminOf, type OpenAccount } from '../testing/licensing.js';
import { ownLicensing } from '../testing/own-licensing.js';
import { InstantsService } from './instants.service.js';

const HOUR = 60 * 60 * 1_000;

const licensing = forAllTests(startLicensing);

/** How much later the earlier rules of the zone would have ended the account. */
const storeLater = ({ accountId }: OpenAccount, milliseconds: number) =>
  licensing.database.sql(
    `with stored as (update licensing.terms set expires_at = expires_at + $2 * interval '1 ms' where account_id = $1)
     update licensing.entitlements set valid_until = valid_until + $2 * interval '1 ms' where account_id = $1`,
    [accountId, milliseconds],
  );
/** An account whose last day was yesterday, in a zone whose clocks never change. */
const openEndedToday = () => {
  const decidedAt = new Date(Date.now() - DAY);
  decidedAt.setUTCFullYear(decidedAt.getUTCFullYear() - 4); // A single year before there may be no 29 February.
  return licensing.open({ country: 'IS', timeZone: 'Atlantic/Reykjavik', decidedAt, months: 48 });
};
/** A check like that at the start of a process. */
const bringUpToDate = () => new InstantsService(licensing.get(Database), licensing.get(Settings)).bringUpToDate();
const entitlement = ({ accountId }: OpenAccount) => licensing.ask('ingestion').ask(getEntitlement, { accountId });
const stored = ({ accountId }: OpenAccount) =>
  licensing.database.sql(
    `select t.number, t.expires_at, t.stopped_at, e.valid_until, e.revision
     from licensing.terms t join licensing.entitlements e using (account_id) where account_id = $1 order by number`,
    [accountId],
  );
const later = (instant: string, milliseconds: number) => new Date(Date.parse(instant) + milliseconds).toISOString();

describe('an account whose end was stored under earlier rules of its time zone', () => {
  it('ends when its dates say under today’s rules, and the events say so', async () => {
    const account = await licensing.open();
    await storeLater(account, HOUR);
    expect(await bringUpToDate()).toBe(1);
    const { term, validUntil } = account.opened;
    expect(await stored(account)).toEqual([
      {
        number: 1,
        expires_at: new Date(term.expiresAt),
        stopped_at: null,
        valid_until: new Date(validUntil),
        revision: 2,
      },
    ]);
    expect((await licensing.told(account.accountId)).at(-1)).toMatchObject({
      type: 'licensing.entitlement.changed',
      version: 2,
      cause: { service: 'licensing' },
      data: { validUntil, term, clockMoved: false },
    });
  });

  it('has an audit entry with its old and new end, in its own clock', async () => {
    const account = await licensing.open();
    const { validUntil } = account.opened;
    const { accountId, organizationId } = account;
    const ahead = { actor: superAdminOf(organizationId), accountId, aheadSeconds: 7_200 };
    await licensing.ask('gateway').ask(setSubscriptionClock, ahead);
    await storeLater(account, -HOUR);
    await bringUpToDate();
    expect(
      await licensing.database.sql(
        `select before, after, cause from licensing.audit where account_id = $1 and action = 'instants.changed'`,
        [accountId],
      ),
    ).toEqual([
      {
        before: { validUntil: later(validUntil, -HOUR) },
        after: { validUntil },
        cause: { service: 'licensing' },
      },
    ]);
  });

  it('is corrected once: the next check finds nothing', async () => {
    const account = await licensing.open();
    await storeLater(account, HOUR);
    await bringUpToDate();
    expect(await bringUpToDate()).toBe(0);
    expect(await stored(account)).toMatchObject([{ revision: 2 }]);
  });

  it('is corrected once by two processes that check at the same time', async () => {
    const account = await licensing.open();
    await storeLater(account, HOUR);
    const changed = await Promise.all([bringUpToDate(), bringUpToDate()]);
    expect(changed.toSorted()).toEqual([0, 1]);
    expect(await stored(account)).toMatchObject([{ revision: 2 }]);
  });

  it('keeps how far its clock is ahead', async () => {
    const account = await licensing.open();
    const { accountId, organizationId } = account;
    const ahead = { actor: superAdminOf(organizationId), accountId, aheadSeconds: 7_200 };
    await licensing.ask('gateway').ask(setSubscriptionClock, ahead);
    await storeLater(account, HOUR);
    await bringUpToDate();
    const { validUntil } = account.opened;
    expect(await entitlement(account)).toMatchObject({ validUntil, revision: 3 });
    expect(await stored(account)).toMatchObject([{ valid_until: new Date(later(validUntil, -2 * HOUR)) }]);
  });

  it('keeps the extra days of a pending renewal', async () => {
    const account = await licensing.open({
      country: 'IS',
      timeZone: 'Atlantic/Reykjavik',
      decidedAt: new Date(Date.now() - 30 * DAY),
    });
    const { accountId, organizationId, opened } = account;
    await licensing.get(RenewalsService).hear({
      accountId,
      organizationId,
      applicationId: uuidv7(),
      submittedAt: new Date(),
      hasEnded: false,
    });
    await storeLater(account, HOUR);
    await bringUpToDate();
    expect(await stored(account)).toMatchObject([
      {
        expires_at: new Date(opened.term.expiresAt),
        valid_until: new Date(later(opened.term.expiresAt, 15 * DAY)),
        revision: 3,
      },
    ]);
  });

  it('is found after one in a zone that this Node does not know, which stays as it is', async () => {
    const [unknown, behind] = [await licensing.open(), await licensing.open()];
    await licensing.database.sql(
      `update licensing.subscriptions set time_zone = 'Mars/Olympus_Mons' where account_id = $1`,
      [unknown.accountId],
    );
    try {
      await storeLater(behind, HOUR);
      expect(await bringUpToDate()).toBe(1);
      expect(await stored(behind)).toMatchObject([{ revision: 2 }]);
      expect(await stored(unknown)).toMatchObject([{ revision: 1 }]);
    } finally {
      await licensing.database.sql(
        `update licensing.subscriptions set time_zone = 'Europe/Madrid' where account_id = $1`,
        [unknown.accountId],
      );
    }
  });

  it('is found among more accounts than are checked at a time', async () => {
    const accounts: OpenAccount[] = [];
    // No more at once than licensing has connections: a request that waits five seconds for one is refused.
    while (accounts.length < 250)
      accounts.push(...(await Promise.all(Array.from({ length: 10 }, () => licensing.open()))));
    const changed = [accounts[0]!, accounts[249]!];
    for (const account of changed) await storeLater(account, HOUR);
    expect(await bringUpToDate()).toBe(2);
    for (const account of changed) expect(await stored(account)).toMatchObject([{ revision: 2 }]);
  });
});

describe('an account that still works under the earlier rules, but has ended under today’s', () => {
  it('stops now, and the event says so', async () => {
    const account = await openEndedToday();
    const { term } = account.opened;
    await storeLater(account, 2 * DAY);
    const from = new Date();
    expect(await bringUpToDate()).toBe(1);
    const [row] = await stored(account);
    expect(row).toMatchObject({ expires_at: new Date(term.expiresAt), valid_until: new Date(term.expiresAt) });
    expect(Math.abs((row!.stopped_at as Date).getTime() - from.getTime())).toBeLessThan(60_000);
    const { due } = await licensing
      .ask('workflows')
      .ask(getTimeline, { accountId: account.accountId, asOf: new Date().toISOString() });
    expect(due.at(-1)).toMatchObject({ moment: { kind: 'expired' }, action: 'send' });
  });
});

describe('an account is not corrected anymore', () => {
  it('once it has ended under both rules', async () => {
    const account = await openEndedToday();
    await storeLater(account, -HOUR);
    expect(await bringUpToDate()).toBe(0);
    expect(await stored(account)).toMatchObject([{ revision: 1 }]);
  });

  it('once its expiry is recorded', async () => {
    const account = await openEndedToday();
    const { accountId } = account;
    await licensing
      .ask('workflows')
      .ask(expireSubscription, { accountId, termNumber: 1, asOf: new Date().toISOString() });
    await storeLater(account, 2 * DAY);
    expect(await bringUpToDate()).toBe(0);
    expect(await stored(account)).toMatchObject([{ revision: 1 }]);
  });
});

it('a process checks when it starts', async () => {
  const own = await ownLicensing();
  try {
    const first = await own.start();
    const { accountId } = await own.open();
    const ends = () =>
      own.database.sql('select valid_until, revision from licensing.entitlements where account_id = $1', [accountId]);
    const [before] = await ends();
    first.kill('SIGKILL');
    await first.ended;
    await own.database.sql(`update licensing.entitlements set valid_until = valid_until + interval '1 hour'`);
    await own.start();
    await eventually(async () => expect(await ends()).toEqual([{ ...before, revision: 2 }]));
  } finally {
    await own.close();
  }
});
