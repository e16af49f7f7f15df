import type { EntityManager } from '@mikro-orm/postgresql';
import { expireSubscription, listUnfinishedSubscriptions, resumeSubscriptions } from '@tenure/contracts';
import { Database } from '@tenure/platform';
import { forAllTests, rowsReadBy } from '@tenure/testing';
import { uuidv7 } from 'uuidv7';
import { storedAfter } from '../dates/instants.service.js';
import { entitlementsAfter } from '../entitlements/entitlement-list.service.js';
import { pageOfLive } from '../policies/live-subscriptions.js';
import { startLicensing, type OpenAccount } from '../testing/licensing.js';
import { storeThousands } from '../testing/thousands.js';
import { unfinishedAfter } from './unfinished.service.js';

const DAY = 24 * 60 * 60 * 1000;

const licensing = forAllTests(startLicensing);
/**
 * One that is active; two that stopped yesterday and long ago, both recorded; one that stopped long ago, not recorded.
 */
let accounts: Record<'active' | 'lately' | 'longAgo' | 'unrecorded', OpenAccount>;
beforeAll(async () => {
  const stopped = (days: number) => ({ decidedAt: new Date(Date.now() - days * DAY), months: 1 });
  accounts = {
    active: await licensing.open(),
    lately: await licensing.open(stopped(34)),
    longAgo: await licensing.open(stopped(100)),
    unrecorded: await licensing.open(stopped(100)),
  };
  for (const { accountId } of [accounts.lately, accounts.longAgo])
    await operatorsWorkflow().ask(expireSubscription, { accountId, termNumber: 1, asOf: new Date().toISOString() });
});

const operatorsWorkflow = () => licensing.ask('workflows');
const operator = () => licensing.ask('operator');

it('subscriptions are unfinished if their end is not recorded, or if they stopped in the last 7 days', async () => {
  const { items, next } = await operator().ask(listUnfinishedSubscriptions, {});
  expect(next).toBeNull();
  const { active, lately, unrecorded } = accounts;
  expect(items).toEqual(
    [
      { accountId: active.accountId, isOver: false },
      { accountId: lately.accountId, isOver: true },
      { accountId: unrecorded.accountId, isOver: false },
    ].sort((a, b) => (a.accountId < b.accountId ? -1 : 1)),
  );
});

it('pages list each of them once', async () => {
  const seen: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await operator().ask(listUnfinishedSubscriptions, { limit: 2, ...(cursor && { cursor }) });
    seen.push(...page.items.map(({ accountId }) => accountId));
    cursor = page.next;
  }
  expect(seen).toEqual((await operator().ask(listUnfinishedSubscriptions, {})).items.map(({ accountId }) => accountId));
});

it('resuming publishes an event and changes nothing; an unknown subscription is left out', async () => {
  const { accountId, opened } = accounts.active;
  const before = await licensing.database.sql('select * from licensing.entitlements order by account_id');
  await operator().ask(resumeSubscriptions, { accountIds: [uuidv7(), accountId] });
  expect((await licensing.told(accountId)).at(-1)).toMatchObject({
    type: 'licensing.subscription.resumed',
    cause: { service: 'operator' },
    data: { accountId, license: 'pro', term: opened.term, clockAheadSeconds: 0 },
  });
  expect(await licensing.database.sql('select * from licensing.entitlements order by account_id')).toEqual(before);
});

describe('with thousands of subscriptions, a late page is read as efficiently as the first', () => {
  const organizationId = uuidv7();
  let last: string;
  beforeAll(async () => {
    await storeThousands(licensing.database, organizationId);
    const [found] = await licensing.database.sql<{ account_id: string }>(
      'select account_id from licensing.subscriptions order by account_id desc offset 100 limit 1',
    );
    last = found!.account_id;
  });
  afterAll(async () => {
    for (const table of ['entitlements', 'terms', 'subscriptions'])
      await licensing.database.sql(`delete from licensing.${table} where organization_id = $1`, [organizationId]);
  });

  it.each([
    ['with a workflow that should be running', unfinishedAfter],
    ['whose entitlements accounts copies', entitlementsAfter],
    ['whose instants are checked', storedAfter],
    [
      'that a policy change moves',
      (em: EntityManager, after: string, limit: number) => pageOfLive(em, { organizationId, after, limit }),
    ],
  ])('among those %s', async (_, page) => {
    const read = await licensing
      .get(Database)
      .asService((em) => rowsReadBy(em, async () => expect(await page(em, last, 50)).toHaveLength(50)));
    expect(read).toBeLessThan(400);
  });
});
