import {
  allocateDatapoints,
  entitlementChanged,
  listEntitlements,
  setSubscriptionClock,
  useChanged,
  type AnswerOf,
  type DataOf,
  type ToldEntitlement,
} from '@tenure/contracts';
import { DAY, startLicensing, superAdminOf, type Licensing } from '../testing/licensing.js';

let licensing: Licensing;
beforeEach(async () => {
  licensing = await startLicensing();
});
afterEach(() => licensing.close());

const list = (after: string | null = null, limit?: number): Promise<AnswerOf<typeof listEntitlements>> =>
  licensing.ask('accounts').ask(listEntitlements, { after, ...(limit && { limit }) });

/** What the latest events said about an account. */
async function saidOf(accountId: string): Promise<ToldEntitlement> {
  const told = await licensing.told(accountId);
  const last = (type: string) =>
    told.filter((event) => event.type === type).toSorted((a, b) => b.version - a.version)[0];
  const [entitlement, use] = [last(entitlementChanged.name)!, last(useChanged.name)];
  const { license, contracted, rtcLines, term, validUntil } = entitlement.data as DataOf<typeof entitlementChanged>;
  const { firstDay, expiresOn, expiresAt } = term;
  const { used } = (use?.data ?? { used: 0 }) as Pick<DataOf<typeof useChanged>, 'used'>;
  const dates = { firstDay, expiresOn, expiresAt, validUntil };
  const versions = { revision: entitlement.version, useVersion: use?.version ?? 0 };
  return { accountId, license, contracted, rtcLines, ...dates, used, ...versions };
}

it('the list has for every account what the latest events said, even after a clock was moved', async () => {
  const idle = await licensing.open({ datapoints: 50, rtcLines: 2 });
  const { accountId, organizationId } = await licensing.open({ datapoints: 200, months: 1 });
  const device = { accountId, deviceId: 'meter', datasource: 'modbus' };
  await licensing.ask('ingestion').ask(allocateDatapoints, { ...device, datapoints: 30 });
  const aheadSeconds = (40 * DAY) / 1000;
  const actor = superAdminOf(organizationId);
  await licensing.ask('gateway').ask(setSubscriptionClock, { actor, accountId, aheadSeconds });

  const expected = await Promise.all([idle.accountId, accountId].toSorted().map(saidOf));
  expect(await list()).toEqual({ items: expected, next: null });
  expect(expected.map(({ used, revision }) => [used, revision]).toSorted()).toEqual([
    [0, 1],
    [30, 2],
  ]);
});

it('the list comes in pages, each account once', async () => {
  const ids: string[] = [];
  for (let n = 0; n < 3; n += 1) ids.push((await licensing.open()).accountId);
  const first = await list(null, 2);
  const second = await list(first.next, 2);
  expect([...first.items, ...second.items].map(({ accountId }) => accountId)).toEqual(ids.toSorted());
  expect([first.items.length, first.next, second.next]).toEqual([2, ids.toSorted()[1], null]);
});
