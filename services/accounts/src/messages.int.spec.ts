import { randomUUID } from 'node:crypto';
import {
  checkSubscriptions,
  exportSubscriptions,
  importSubscriptions,
  listEntitlements,
  type Actor,
  type Request,
} from '@tenure/contracts';
import {
  askRaw,
  everyMessage,
  forAllTests,
  messagesOf,
  notCustomerSuccess,
  notSuperAdmin,
  type Person,
  shapeOf,
  withoutRole,
} from '@tenure/testing';
import { anAccount, aNewAccount, decide, someFacts, startWorld, submit } from './testing/world.js';

const world = forAllTests(() => startWorld({ SANDBOX: 'on' }));
let target: { accountId: string; applicationId: string; decisionId: string };
beforeAll(async () => {
  await standInForLicensing();
  const { accountId, facts } = await anAccount(world);
  const { applicationId } = await submit(world, { type: 'renew_subscription', accountId });
  target = { accountId, applicationId, decisionId: await decide(world, applicationId, { seen: facts }) };
});

/** The stand-in for licensing has no subscriptions, and accepts none. */
async function standInForLicensing(): Promise<void> {
  const { nats } = world.service;
  await nats.answer(listEntitlements, () => ({ items: [], next: null }));
  await nats.answer(exportSubscriptions, () => ({ items: [] }));
  const refusals = [{ path: 'license', code: 'unknown', message: 'There is no such license.' }];
  for (const message of [checkSubscriptions, importSubscriptions])
    await nats.answer(message, ({ subscriptions }) => ({
      items: subscriptions.map(({ accountId }) => ({
        accountId,
        isThere: false,
        refusals,
        facts: null,
        firstDay: null,
        moments: [],
      })),
    }));
}

/** A valid request for each message, by its name. */
function requests(actor: Actor): Record<string, Record<string, unknown>> {
  const { accountId, applicationId, decisionId } = target;
  const somewhere = { country: 'ES', timeZone: 'Europe/Madrid', language: 'en' };
  const person = { issuer: 'https://sign-in.example', subject: 'new', name: 'New', email: 'new@mail.example' };
  const idempotencyKey = randomUUID();
  const imported = {
    accountId: randomUUID(),
    organizationId: world.solar.organizationId,
    accountName: 'Imported',
    customerName: 'Customer',
    license: 'basic',
    datapoints: 100,
    sector: 'retail',
    term: { anchor: '2026-11-24', months: 12 },
    extraAddresses: [{ email: 'office@customer.example', language: 'es' }],
  };
  const recipients = {
    audience: 'super_admins',
    organizationId: world.solar.organizationId,
    accountId: null,
    applicationId: null,
  };
  return {
    'accounts.zone.list': { actor },
    'accounts.account.show': { actor, accountId },
    'accounts.account.names': { actor },
    'accounts.account.get': { accountId },
    'accounts.account.list': { organizationId: world.solar.organizationId, changedSince: '2026-11-24T10:00:00.000Z' },
    'accounts.clock.set': { actor, accountId, aheadSeconds: 0 },
    'accounts.contract.rebuild': { after: null },
    'accounts.application.preview': { actor, application: aNewAccount() },
    'accounts.application.submit': { actor, idempotencyKey, application: aNewAccount() },
    'accounts.application.list': { actor },
    'accounts.application.summarize': { actor },
    'accounts.application.get': { actor, applicationId },
    'accounts.application.check': { actor, applicationIds: [applicationId] },
    'accounts.application.withdraw': { actor, applicationId: randomUUID(), idempotencyKey },
    'accounts.calendar.read': { token: 'A'.repeat(43) },
    'accounts.calendar.show': { actor },
    'accounts.calendar.create-feed': { actor },
    'accounts.calendar.revoke': { actor, which: 'feed' },
    'accounts.decision.record': {
      actor,
      applicationId,
      idempotencyKey,
      verdict: 'approve',
      reason: null,
      seen: someFacts,
    },
    'accounts.decision.get': { actor, applicationId, decisionId },
    'accounts.application.inspect': { applicationId },
    'accounts.application.list-unfinished': {},
    'accounts.application.resume': { applicationIds: [applicationId] },
    'accounts.decision.settle': { applicationId, decisionId: randomUUID(), preview: null },
    'accounts.decision.inspect': { applicationId, decisionId },
    'accounts.application.lapse': { applicationId, asOf: '2026-11-24T10:00:00.000Z' },
    'accounts.application.fulfill': { applicationId: randomUUID(), after: someFacts },
    'accounts.application.fail': {
      applicationId: randomUUID(),
      problem: { type: 'urn:x', title: 'x', status: 422, code: 'contract_refused' },
    },
    'accounts.account.create': { applicationId: randomUUID() },
    'accounts.account.discard': { applicationId: randomUUID() },
    'accounts.account.check': { accounts: [imported] },
    'accounts.account.import': { accounts: [imported] },
    'accounts.account.drop': { accountIds: [randomUUID()] },
    'accounts.account.export': {},
    'accounts.audit.list': { actor, accountId, limit: 50 },
    'accounts.member.name': { actor, memberIds: [actor.memberId] },
    'accounts.member.identify': { issuer: person.issuer, subject: 'ana.solar' },
    'accounts.organization.save': { name: 'Hydro', ...somewhere },
    'accounts.organization.list': {},
    'accounts.member.save': { organizationId: world.solar.organizationId, ...person, language: 'en', roles: [] },
    'accounts.member.remove': { issuer: person.issuer, subject: 'blas.wind' },
    'accounts.member.readmit': { issuer: person.issuer, subject: 'blas.wind' },
    'accounts.member.sign-out-everywhere': { issuer: person.issuer, subject: 'ana.solar' },
    'accounts.member.list': {},
    'accounts.sector.save': { code: 'hotel', names: { en: 'Hotel', es: 'Hotel' } },
    'accounts.sector.list': { actor },
    'accounts.notice-wishes.get': { actor },
    'accounts.notice-wishes.set': { actor, wishes: { decisions: true, reminders: true } },
    'accounts.account-recipients.get': { actor, accountId },
    'accounts.account-recipients.set': {
      ...{ actor, accountId, replaces: 0 },
      extraAddresses: [{ email: 'office@mail.example', language: 'es' }],
    },
    'accounts.member.set-language': { actor, language: 'es' },
    'accounts.organization.find': { actor },
    'accounts.organization.show': { actor, organizationId: world.solar.organizationId },
    'accounts.organization.list-members': { actor, organizationId: world.solar.organizationId },
    'accounts.organization.set-logo': { actor, logoUrl: 'https://solar.example/logo.png' },
    'accounts.fallback-address.get': { actor },
    'accounts.fallback-address.set': { actor, fallbackEmail: 'office@solar.example' },
    'accounts.email-domain.retire': { organizationId: world.solar.organizationId, domain: 'mail.example' },
    'accounts.reference.name': {
      actor,
      references: [{ organizationId: world.solar.organizationId, accountId, applicationId }],
    },
    'accounts.recipient.list': recipients,
    'accounts.recipient.list-many': { asks: [recipients] },
  };
}

/** Every message that people send, and who may not send it. */
const forbidden: Record<string, Person[]> = {
  'accounts.zone.list': withoutRole,
  'accounts.account.show': withoutRole,
  'accounts.account.names': [],
  'accounts.audit.list': withoutRole,
  'accounts.member.name': withoutRole,
  'accounts.clock.set': withoutRole,
  'accounts.application.preview': notSuperAdmin,
  'accounts.application.submit': notSuperAdmin,
  'accounts.application.list': withoutRole,
  'accounts.application.check': notCustomerSuccess,
  'accounts.application.summarize': notCustomerSuccess,
  'accounts.application.get': withoutRole,
  'accounts.application.withdraw': notSuperAdmin,
  'accounts.calendar.show': notSuperAdmin,
  'accounts.calendar.create-feed': notSuperAdmin,
  'accounts.calendar.revoke': notSuperAdmin,
  'accounts.decision.record': notCustomerSuccess,
  'accounts.decision.get': withoutRole,
  'accounts.sector.list': [],
  'accounts.notice-wishes.get': notSuperAdmin,
  'accounts.notice-wishes.set': notSuperAdmin,
  'accounts.account-recipients.get': withoutRole,
  'accounts.account-recipients.set': notSuperAdmin,
  'accounts.member.set-language': [],
  'accounts.organization.find': notCustomerSuccess,
  'accounts.organization.show': notCustomerSuccess,
  'accounts.organization.list-members': notCustomerSuccess,
  'accounts.reference.name': notCustomerSuccess,
  'accounts.fallback-address.get': notSuperAdmin,
  'accounts.fallback-address.set': notSuperAdmin,
  'accounts.organization.set-logo': notSuperAdmin,
};
everyMessage({
  service: 'accounts',
  nats: () => world.service.nats,
  people: () => ({
    'a member without a role': world.solar.withoutRole,
    'a SuperAdmin': world.solar.superAdmin,
    'Customer Success': world.reviewer,
    'a lead of Customer Success': world.lead,
  }),
  requests,
  forbidden,
  // A person who signs in is not known yet, a person with a calendar address need not be a member, and an operator
  // names the member who signs out.
  impersonal: ['accounts.member.identify', 'accounts.calendar.read', 'accounts.member.sign-out-everywhere'],
});

describe("another organization's", () => {
  const objects = ['accountId', 'applicationId'] as const;
  const aboutOne = messagesOf('accounts').flatMap(([name, message]) =>
    objects
      .filter((object) => object in shapeOf(message) && isAboutOne(name))
      .map((object): [string, (typeof objects)[number], Request] => [name, object, message]),
  );

  it.each(aboutOne)('%s: %s is not found, like one that does not exist', async (name, object, message) => {
    const ask = async (id: string) =>
      (
        await askRaw(
          world.service.nats,
          message,
          JSON.stringify({ ...requests(world.wind.superAdmin)[name], [object]: id }),
        )
      ).problem;
    const refused = await ask(target[object]);
    expect(refused).toMatchObject({ code: 'not_found', status: 404 });
    expect(refused).toEqual(await ask(randomUUID()));
  });
});

/**
 * Lists leave out what belongs to other organizations, and decisions are made by Customer Success, which sees every
 * organization.
 */
function isAboutOne(name: string): boolean {
  return name in forbidden && !name.endsWith('.list') && name !== 'accounts.decision.record';
}
