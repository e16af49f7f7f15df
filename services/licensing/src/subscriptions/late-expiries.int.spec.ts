import { expireSubscription, importSubscriptions, setSubscriptionClock } from '@tenure/contracts';
import { Database } from '@tenure/platform';
import { forAllTests, readMetrics, rowsReadBy } from '@tenure/testing';
import { uuidv7 } from 'uuidv7';
import { pro } from '../testing/contracts.js';
import { DAY, startLicensing, superAdminOf } from '../testing/licensing.js';
import { storeThousands } from '../testing/thousands.js';
import { readLateExpiries } from './late-expiries.js';

const licensing = forAllTests(startLicensing);

async function figure(name: 'tenure_expiries_late' | 'tenure_expiries_late_seconds'): Promise<number> {
  const metrics = await readMetrics(licensing.health.metrics);
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1]);
}
const late = () => figure('tenure_expiries_late');
const sql = (text: string, accountId: string) => licensing.database.sql(text, [accountId]);
const record = (accountId: string) =>
  licensing.ask('workflows').ask(expireSubscription, { accountId, termNumber: 1, asOf: new Date().toISOString() });
const opened = (daysAgo: number) => licensing.open({ decidedAt: new Date(Date.now() - daysAgo * DAY), months: 1 });

it('an expiry is late from when the account stopped until it is recorded', async () => {
  await licensing.open();
  expect(await late()).toBe(0);
  expect(await figure('tenure_expiries_late_seconds')).toBe(0);
  const { accountId } = await opened(60);
  const stoppedTwoHoursAgo = `update licensing.entitlements set valid_until = now() - interval '2 hours' where account_id = $1`;
  await sql(stoppedTwoHoursAgo, accountId);
  expect(await late()).toBe(1);
  const seconds = await figure('tenure_expiries_late_seconds');
  expect(seconds).toBeGreaterThanOrEqual(7_200);
  expect(seconds).toBeLessThan(7_800);
  await record(accountId);
  expect(await late()).toBe(0);
});

it('an account that a pending renewal keeps working is not late; one that a renewal kept working is late from its end', async () => {
  const { accountId } = await opened(40);
  const kept = `update licensing.entitlements set valid_until = now() + interval '5 days' where account_id = $1`;
  await sql(kept, accountId);
  expect(await late()).toBe(0);
  await sql(
    `update licensing.entitlements set valid_until = now() - interval '9 days' where account_id = $1`,
    accountId,
  );
  await sql(`update licensing.terms set stopped_at = now() - interval '2 hours' where account_id = $1`, accountId);
  expect(await late()).toBe(1);
  expect(await figure('tenure_expiries_late_seconds')).toBeLessThan(7_800);
  await record(accountId);
});

it('an account that had expired before its import is late only from then on', async () => {
  const account = { accountId: uuidv7(), organizationId: uuidv7() };
  const term = { anchor: '2020-01-31', monthsBefore: 0, months: 12 };
  const contract = { country: 'ES', timeZone: 'Europe/Madrid', license: pro.code, datapoints: 200, rtcLines: 0, term };
  await licensing.ask('accounts').ask(importSubscriptions, { subscriptions: [{ ...account, ...contract }] });
  expect(await late()).toBe(1);
  expect(await figure('tenure_expiries_late_seconds')).toBeLessThan(600);
  await record(account.accountId);
});

it("an account whose clock was moved past its end is not late: its workflow's clock follows", async () => {
  const { accountId, organizationId } = await licensing.open({ months: 1 });
  const moved = { actor: superAdminOf(organizationId), accountId, aheadSeconds: (60 * DAY) / 1_000 };
  await licensing.ask('gateway').ask(setSubscriptionClock, moved);
  expect(await late()).toBe(0);
});

it('a renewed term is not late, however long it has ended', async () => {
  const { accountId } = await opened(40);
  await sql(
    `update licensing.entitlements set valid_until = now() + interval '1 year' where account_id = $1`,
    accountId,
  );
  const renewed = `insert into licensing.terms (account_id, number, organization_id, time_zone, anchor, months_before, months,
      first_day, expires_on, expires_at, application_id, decided_at)
    select account_id, 2, organization_id, time_zone, anchor, 1, 12, expires_on + 1, expires_on + 365,
      expires_at + interval '1 year', uuidv7(), now() from licensing.terms where account_id = $1`;
  await sql(renewed, accountId);
  expect(await late()).toBe(0);
  await sql(
    `update licensing.entitlements set valid_until = now() - interval '1 hour' where account_id = $1`,
    accountId,
  );
  expect(await late()).toBe(0);
});

it('is read from the few terms that have ended, among thousands that have not or are recorded', async () => {
  await storeThousands(licensing.database, uuidv7(), 'ended');
  const read = licensing.get(Database).asService((em) => rowsReadBy(em, () => readLateExpiries(em)));
  expect(await read).toBeLessThan(100);
});
