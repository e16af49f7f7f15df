import { applyChange, changePolicy, listLicensingAudit, setSubscriptionClock, type Actor } from '@tenure/contracts';
import { uuidv7 } from 'uuidv7';
import { forAllTests } from '@tenure/testing';
import { customerSuccess, startLicensing, superAdminOf, type OpenAccount } from '../testing/licensing.js';

const licensing = forAllTests(startLicensing);
let account: OpenAccount;
let superAdmin: Actor;
const applicationId = uuidv7();
beforeAll(async () => {
  account = await licensing.open();
  const { accountId, organizationId } = account;
  superAdmin = superAdminOf(organizationId);
  await licensing.ask('workflows').ask(applyChange, {
    applicationId,
    decidedAt: new Date().toISOString(),
    change: { type: 'change_datapoints', accountId, datapoints: account.change.datapoints + 1 },
  });
  await licensing.ask('gateway').ask(setSubscriptionClock, { actor: superAdmin, accountId, aheadSeconds: 60 });
});

const list = (actor: Actor, limit = 200, before: { at: string; entryId: string } | null = null) =>
  licensing.ask('gateway').ask(listLicensingAudit, { actor, accountId: account.accountId, before, limit });

it('the audit of a subscription shows what changed it, by whom and by which application, latest first', async () => {
  const { items } = await list(superAdmin);
  const byWorkflows = { kind: 'service', memberId: null, service: 'workflows' };
  const { datapoints } = account.change;
  expect(items).toMatchObject([
    {
      action: 'clock.moved',
      by: { kind: 'member', memberId: superAdmin.memberId, service: null },
      applicationId: null,
      before: { clockAheadSeconds: 0 },
      after: { clockAheadSeconds: 60 },
    },
    {
      action: 'subscription.changed',
      by: byWorkflows,
      applicationId,
      before: { contracted: datapoints },
      after: { contracted: datapoints + 1 },
    },
    {
      action: 'subscription.opened',
      by: byWorkflows,
      applicationId: account.applicationId,
      before: null,
      after: { contracted: datapoints },
    },
  ]);
});

it('a page continues after the last entry of the previous one', async () => {
  const { items: all } = await list(superAdmin);
  const { items: first } = await list(superAdmin, 2);
  const { at, entryId } = first[1]!;
  expect([...first, ...(await list(superAdmin, 2, { at, entryId })).items]).toEqual(all);
});

it('Customer Success sees the same; another organization sees nothing', async () => {
  expect(await list(customerSuccess())).toEqual(await list(superAdmin));
  expect(await list(superAdminOf(uuidv7()))).toEqual({ items: [] });
});

it('the audit of an organization shows what its reminders were and are, and nothing about its accounts', async () => {
  const { organizationId } = account;
  const policy = { offsets: ['P2W'], localTime: '08:30' };
  const ask = licensing.ask('gateway');
  await ask.ask(changePolicy, { actor: superAdmin, idempotencyKey: 'one', policy, replaces: 1 });
  const { items } = await ask.ask(listLicensingAudit, { actor: superAdmin, organizationId, limit: 50 });
  expect(items).toMatchObject([
    {
      action: 'policy.changed',
      by: { kind: 'member', memberId: superAdmin.memberId, service: null },
      before: { version: 1, offsets: ['P1M', 'P7D', 'P0D'], localTime: '09:00' },
      after: { version: 2, offsets: ['P14D'], localTime: '08:30' },
    },
  ]);
  expect(await ask.ask(listLicensingAudit, { actor: customerSuccess(), organizationId, limit: 50 })).toEqual({ items });
  const another = { actor: superAdminOf(uuidv7()), organizationId, limit: 50 };
  await expect(ask.ask(listLicensingAudit, another)).rejects.toMatchObject({ code: 'not_found' });
});
