import { randomUUID } from 'node:crypto';
import { changePolicy, type Actor } from '@tenure/contracts';
import { everyMessage, forAllTests, notSuperAdmin, type Person, withoutRole } from '@tenure/testing';
import { aNewAccount, small } from './testing/contracts.js';
import { startLicensing, superAdminOf, type OpenAccount } from './testing/licensing.js';

const licensing = forAllTests(startLicensing);
/** Repeated, it is answered again; another one would be refused, because it replaces what others have replaced. */
const policyChange = {
  idempotencyKey: randomUUID(),
  policy: { offsets: ['P2W'], localTime: '10:00' },
  replaces: 1,
};
let account: OpenAccount;
let superAdmin: Actor;
beforeAll(async () => {
  account = await licensing.open();
  superAdmin = superAdminOf(account.organizationId);
  await licensing.ask('gateway').ask(changePolicy, { actor: superAdmin, ...policyChange });
});

/** A valid request for each message, by its name. */
function requests(actor: Actor): Record<string, Record<string, unknown>> {
  const { accountId, organizationId } = account;
  const someTime = '2026-11-24T10:00:00.000Z';
  const device = { deviceId: 'meter-1', datasource: 'modbus', datapoints: 5 };
  const change = { type: 'change_datapoints', accountId, datapoints: 250 };
  const opening = aNewAccount({ accountId: randomUUID(), organizationId });
  const term = { anchor: '2026-11-24', months: 12 };
  const { type: _, months: __, ...contracted } = opening;
  const policy = { offsets: ['P1M', 'P0D'], localTime: '09:00' };
  const report = { accountId, termNumber: 1, kind: 'reminder' };
  return {
    'licensing.allocation.list': { accountId },
    'licensing.allocation.show': { actor, accountId, text: 'meter' },
    'licensing.audit.list': { actor, accountId, limit: 50 },
    'licensing.clock.set': { actor, accountId, aheadSeconds: 0 },
    'licensing.contract.preview': { change, asOf: someTime },
    'licensing.datapoints.allocate': { accountId, ...device, revision: 1 },
    'licensing.datapoints.allocate-many': { accountId, devices: [device] },
    'licensing.datapoints.recount': { accountIds: [accountId] },
    'licensing.entitlement.get': { accountId },
    'licensing.entitlement.list': { after: null, limit: 10 },
    'licensing.license.list': { actor },
    'licensing.license.name': { license: 'pro' },
    'licensing.license.save': { ...small, code: 'new' },
    'licensing.plan.check': report,
    'licensing.plan.check-many': { asks: [report] },
    'licensing.policy.get': { actor },
    'licensing.policy.preview': { actor, policy },
    'licensing.policy.change': { actor, ...policyChange },
    'licensing.policy-change.advance': { organizationId, version: 2, batch: 1 },
    'licensing.policy-change.get': { actor, version: 2 },
    'licensing.policy-change.stop': { actor, version: 2 },
    'licensing.policy-change.continue': { actor, version: 2 },
    'licensing.policy-change.list-unfinished': {},
    'licensing.policy-change.resume': { changes: [{ organizationId, version: 2 }] },
    'licensing.subscription.open': { applicationId: randomUUID(), decidedAt: someTime, change: opening },
    'licensing.subscription.apply': { applicationId: randomUUID(), decidedAt: someTime, change },
    'licensing.subscription.cancel': { applicationId: randomUUID(), accountId: randomUUID() },
    'licensing.subscription.expire': { accountId, termNumber: 1, asOf: someTime },
    'licensing.subscription.check': { subscriptions: [{ ...contracted, term }] },
    'licensing.subscription.import': { subscriptions: [{ ...contracted, term }] },
    'licensing.subscription.export': { accountIds: [accountId] },
    'licensing.subscription.list-unfinished': {},
    'licensing.subscription.resume': { accountIds: [accountId] },
    'licensing.timeline.get': { accountId, asOf: someTime },
    'licensing.timeline.get-many': { asks: [{ accountId, asOf: someTime }] },
    'licensing.timeline.show': { actor, accountId },
  };
}

/** Every message that people send, and who may not send it. */
const forbidden: Record<string, Person[]> = {
  'licensing.allocation.show': withoutRole,
  'licensing.audit.list': withoutRole,
  'licensing.clock.set': withoutRole,
  'licensing.license.list': [],
  'licensing.policy.get': withoutRole,
  'licensing.policy.preview': notSuperAdmin,
  'licensing.policy.change': notSuperAdmin,
  'licensing.policy-change.get': withoutRole,
  'licensing.policy-change.stop': notSuperAdmin,
  'licensing.policy-change.continue': notSuperAdmin,
  'licensing.timeline.show': withoutRole,
};

everyMessage({
  service: 'licensing',
  nats: () => licensing.nats,
  people: () => ({
    'a member without a role': { ...superAdmin, roles: [] },
    'a SuperAdmin': superAdmin,
    'Customer Success': { ...superAdminOf(randomUUID()), roles: ['customer_success'] },
    'a lead of Customer Success': { ...superAdminOf(randomUUID()), roles: ['customer_success_lead'] },
  }),
  requests,
  forbidden,
});
