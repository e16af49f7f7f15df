import { expireSubscription, listUnfinishedSubscriptions, resumeSubscriptions } from '@tenure/contracts';
import { uuidv7 } from 'uuidv7';
import { startLicensing, type Licensing, type OpenAccount } from '../testing/licensing.js';

const DAY = 24 * 60 * 60 * 1000;

let licensing: Licensing;
/** Active; stopped yesterday and long ago, each recorded; stopped long ago and not recorded. */
let accounts: Record<'active' | 'lately' | 'longAgo' | 'unrecorded', OpenAccount>;
beforeAll(async () => {
  licensing = await startLicensing();
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
afterAll(() => licensing?.close());

const operatorsWorkflow = () => licensing.ask('workflows');
const operator = () => licensing.ask('operator');

it('unfinished are those whose end is not recorded, and those that stopped in the last 7 days', async () => {
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

it('pages go through all of them, each once', async () => {
  const seen: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await operator().ask(listUnfinishedSubscriptions, { limit: 2, ...(cursor && { cursor }) });
    seen.push(...page.items.map(({ accountId }) => accountId));
    cursor = page.next;
  }
  expect(seen).toEqual((await operator().ask(listUnfinishedSubscriptions, {})).items.map(({ accountId }) => accountId));
});

it('resuming tells of a subscription and changes nothing; one that is not there is left out', async () => {
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
