import {
  applyChange,
  checkSubscriptions,
  exportSubscriptions,
  getEntitlement,
  getTimeline,
  importSubscriptions,
  listLicensingAudit,
  type ImportedSubscription,
} from '@tenure/contracts';
import { addDays, addMonths, localDate } from '@tenure/lifecycle';
import { uuidv7 } from 'uuidv7';
import { forAllTests } from '@tenure/testing';
import { customerSuccess, startLicensing } from '../testing/licensing.js';

const licensing = forAllTests(startLicensing);

const today = localDate(new Date(), 'Europe/Madrid');
function imported(over: Partial<ImportedSubscription> = {}): ImportedSubscription {
  return {
    ...{ accountId: uuidv7(), organizationId: uuidv7(), country: 'ES', timeZone: 'Europe/Madrid' },
    ...{ license: 'pro', datapoints: 200, rtcLines: 2 },
    term: { anchor: addMonths(today, -6), monthsBefore: 0, months: 12 },
    ...over,
  };
}
const accounts = () => licensing.ask('accounts');
const rows = (table: string, accountId: string) =>
  licensing.database.sql<Record<string, unknown>>(`select * from licensing.${table} where account_id = $1`, [
    accountId,
  ]);

it('a check stores nothing', async () => {
  const subscription = imported();
  const { accountId } = subscription;
  const { items } = await accounts().ask(checkSubscriptions, { subscriptions: [subscription] });
  expect(items).toMatchObject([
    { accountId, isThere: false, refusals: [], facts: { contracted: 200, state: 'active' } },
  ]);
  for (const table of ['subscriptions', 'terms', 'entitlements', 'audit'])
    expect(await rows(table, accountId)).toEqual([]);
  expect(await licensing.told(accountId)).toEqual([]);
});

it('an import opens what can be opened, with audit entries and events, and refuses the rest one by one', async () => {
  const anchor = addMonths(today, -14);
  const good = imported({ term: { anchor, monthsBefore: 12, months: 12 } });
  const bad = imported({ license: 'nothing' });
  const { items } = await accounts().ask(importSubscriptions, { subscriptions: [good, bad] });
  expect(items).toMatchObject([
    { isThere: false, refusals: [], firstDay: addDays(addMonths(anchor, 12), 1) },
    { isThere: false, refusals: [{ path: 'license', code: 'unknown_license' }], facts: null },
  ]);
  expect(await licensing.ask('ingestion').ask(getEntitlement, { accountId: good.accountId })).toMatchObject({
    contracted: 200,
    used: 0,
    expiresOn: items[0]!.facts!.expiresOn,
    state: 'active',
    revision: 1,
  });
  expect((await licensing.told(good.accountId)).map(({ type, cause }) => [type, cause])).toEqual([
    ['licensing.subscription.opened', { service: 'importer' }],
    ['licensing.entitlement.changed', { service: 'importer' }],
  ]);
  const actor = customerSuccess();
  const audit = await licensing.ask('gateway').ask(listLicensingAudit, { actor, accountId: good.accountId, limit: 9 });
  expect(audit.items).toMatchObject([
    { action: 'subscription.imported', by: { kind: 'operator' }, applicationId: null },
  ]);
  expect(await rows('subscriptions', bad.accountId)).toEqual([]);
});

it('a repeat opens nothing, even when many run at once', async () => {
  const subscriptions = [imported(), imported()];
  const asking = Array.from({ length: 6 }, () => accounts().ask(importSubscriptions, { subscriptions }));
  const answers = await Promise.all(asking);
  expect(answers.filter(({ items }) => items.every(({ isThere }) => !isThere))).toHaveLength(1);
  for (const { accountId } of subscriptions) expect(await licensing.told(accountId)).toHaveLength(2);
});

it('a corrected line that differs from what an interrupted import opened is refused, field by field', async () => {
  const first = imported();
  await accounts().ask(importSubscriptions, { subscriptions: [first] });
  const corrected = { ...first, timeZone: 'Atlantic/Canary', datapoints: 50, term: { ...first.term, months: 24 } };
  for (const message of [checkSubscriptions, importSubscriptions])
    expect((await accounts().ask(message, { subscriptions: [corrected] })).items).toMatchObject([
      {
        isThere: true,
        refusals: [
          {
            path: 'timeZone',
            code: 'already_open',
            message: 'The subscription was already opened with Europe/Madrid.',
          },
          {
            path: 'datapoints',
            code: 'already_open',
            message: 'The subscription was already opened with 200.',
          },
          {
            path: 'term.months',
            code: 'already_open',
            message: 'The subscription was already opened with 12.',
          },
        ],
        facts: null,
      },
    ]);
});

it('what has changed since the import stays as it is in licensing, whatever a line says', async () => {
  const first = imported();
  const { accountId } = first;
  await accounts().ask(importSubscriptions, { subscriptions: [first] });
  const change = { type: 'change_datapoints', accountId, datapoints: 300 } as const;
  const decidedAt = new Date().toISOString();
  await licensing.ask('workflows').ask(applyChange, { applicationId: uuidv7(), decidedAt, change });
  expect((await accounts().ask(importSubscriptions, { subscriptions: [first] })).items).toMatchObject([
    { isThere: true, refusals: [], facts: { contracted: 300 } },
  ]);
});

it('a subscription that had expired before its import never gets a notice of that', async () => {
  const expired = imported({ term: { anchor: addMonths(addDays(today, -1), -12), monthsBefore: 0, months: 12 } });
  await accounts().ask(importSubscriptions, { subscriptions: [expired] });
  const { accountId } = expired;
  const asOf = new Date().toISOString();
  const { due } = await licensing.ask('workflows').ask(getTimeline, { accountId, asOf });
  expect(due.map(({ moment, action, reason }) => [moment.kind, action, reason])).toEqual([
    ['P1M', 'skip', 'expired'],
    ['P7D', 'skip', 'expired'],
    ['P0D', 'skip', 'expired'],
    ['expired', 'skip', 'imported_expired'],
  ]);
});

it('an export of an account matches its import', async () => {
  const subscription = imported({ term: { anchor: '2024-01-31', monthsBefore: 24, months: 60 } });
  await accounts().ask(importSubscriptions, { subscriptions: [subscription] });
  const { items } = await accounts().ask(exportSubscriptions, { accountIds: [subscription.accountId, uuidv7()] });
  expect(items).toEqual([{ ...subscription, expiresOn: '2031-01-31' }]);
});
