import { randomUUID } from 'node:crypto';
import {
  allRequests,
  callers,
  checkSubscriptions,
  exportSubscriptions,
  importSubscriptions,
  listEntitlements,
  subjectFor,
  type Actor,
  type Caller,
  type Problem,
  type Request,
} from '@tenure/contracts';
import { anAccount, aNewAccount, decide, someFacts, startWorld, submit, type World } from './testing/world.js';

let world: World;
let target: { accountId: string; applicationId: string; decisionId: string };
beforeAll(async () => {
  world = await startWorld({ SANDBOX: 'on' });
  await standInForLicensing();
  const { accountId, facts } = await anAccount(world);
  const { applicationId } = await submit(world, { type: 'renew_subscription', accountId });
  target = { accountId, applicationId, decisionId: await decide(world, applicationId, { seen: facts }) };
});
afterAll(() => world?.close());

/** Licensing has no subscription, and takes in none. */
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

const own = allRequests.filter(({ name }) => name.startsWith('accounts.'));
const named = own.map((message): [string, Request] => [message.name, message]);

/** As anything on the wire may be: no client, no schema. */
async function raw(message: Request, body: string, caller: Caller = message.callers[0]!) {
  const nats = await world.service.nats.connect();
  const reply = await nats.request(subjectFor(message, caller), body, { timeout: 30_000 });
  const problem = reply.json<Problem>();
  const isRefused = reply.headers?.has('Nats-Service-Error-Code') ?? false;
  return { isRefused, status: isRefused ? problem.status : 200, problem };
}

/** A request that each message takes, by its name. */
function valid(name: string, actor: Actor): Record<string, unknown> {
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
  const requests: Record<string, Record<string, unknown>> = {
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
    'accounts.account.export': {},
    'accounts.audit.list': { actor, accountId, limit: 50 },
    'accounts.member.name': { actor, memberIds: [actor.memberId] },
    'accounts.member.identify': { issuer: person.issuer, subject: 'ana.solar' },
    'accounts.organization.save': { name: 'Hydro', ...somewhere },
    'accounts.organization.list': {},
    'accounts.member.save': { organizationId: world.solar.organizationId, ...person, language: 'en', roles: [] },
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
    'accounts.organization.set-logo': { actor, logoUrl: 'https://solar.example/logo.png' },
    'accounts.fallback-address.get': { actor },
    'accounts.fallback-address.set': { actor, fallbackEmail: 'office@solar.example' },
    'accounts.email-domain.retire': { organizationId: world.solar.organizationId, domain: 'mail.example' },
    'accounts.recipient.list': recipients,
    'accounts.recipient.list-many': { asks: [recipients] },
  };
  const request = requests[name];
  if (request === undefined) throw new Error(`This spec has no request for ${name}.`);
  return request;
}

describe.each(named)('%s', (name, message) => {
  const forReviewers = [
    'accounts.decision.record',
    'accounts.application.check',
    'accounts.organization.find',
  ].includes(name);
  const body = () => valid(name, forReviewers ? world.reviewer : world.solar.superAdmin);

  it('is answered', async () => {
    const { status } = await raw(message, JSON.stringify(body()));
    expect([200, 404]).toContain(status);
  });

  it('refuses what is not JSON', async () =>
    expect(await raw(message, '{"actor":')).toMatchObject({ status: 400, problem: { code: 'malformed' } }));

  it('refuses a field that it does not know, by its path', async () =>
    expect(await raw(message, JSON.stringify({ ...body(), colour: 'red' }))).toMatchObject({
      status: 422,
      problem: { code: 'invalid', errors: [{ path: 'colour', code: 'unknown_field' }] },
    }));

  it('refuses every caller that it does not name', async () => {
    for (const caller of callers.filter((other) => !message.callers.includes(other)))
      expect(await raw(message, JSON.stringify(body()), caller)).toMatchObject({
        status: 403,
        problem: { code: 'forbidden' },
      });
  });

  it('answers whatever stands in a field without failing', async () => {
    for (const request of spoilt(body())) {
      const { status } = await raw(message, JSON.stringify(request));
      expect([request, status >= 500 ? status : 'answered']).toEqual([request, 'answered']);
    }
  });
});

const strange = [null, '', 'x', '\u0000', '\ud800', 0, -1, 1.5, 1e300, [], [null], {}, { type: 'x' }, true];
const values = [...strange, 'x'.repeat(20_000)];
/** The request with each field, also those within a field, replaced by each strange value in turn. */
function spoilt(request: Record<string, unknown>): Record<string, unknown>[] {
  return Object.entries(request).flatMap(([field, value]) => [
    ...values.map((other) => ({ ...request, [field]: other })),
    ...(isRecord(value) ? spoilt(value).map((other) => ({ ...request, [field]: other })) : []),
  ]);
}
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every message of a person, and who may not send it. */
const actors: [name: string, actor: () => Actor][] = [
  ['a member without a role', () => world.solar.withoutRole],
  ['a SuperAdmin', () => world.solar.superAdmin],
  ['Customer Success', () => world.reviewer],
  ['a lead of Customer Success', () => world.lead],
];
const forbidden: Record<string, string[]> = {
  'accounts.zone.list': ['a member without a role'],
  'accounts.account.show': ['a member without a role'],
  'accounts.account.names': [],
  'accounts.audit.list': ['a member without a role'],
  'accounts.member.name': ['a member without a role'],
  'accounts.clock.set': ['a member without a role'],
  'accounts.application.preview': ['a member without a role', 'Customer Success', 'a lead of Customer Success'],
  'accounts.application.submit': ['a member without a role', 'Customer Success', 'a lead of Customer Success'],
  'accounts.application.list': ['a member without a role'],
  'accounts.application.check': ['a member without a role', 'a SuperAdmin'],
  'accounts.application.get': ['a member without a role'],
  'accounts.application.withdraw': ['a member without a role', 'Customer Success', 'a lead of Customer Success'],
  'accounts.calendar.show': ['a member without a role', 'Customer Success', 'a lead of Customer Success'],
  'accounts.calendar.create-feed': ['a member without a role', 'Customer Success', 'a lead of Customer Success'],
  'accounts.calendar.revoke': ['a member without a role', 'Customer Success', 'a lead of Customer Success'],
  'accounts.decision.record': ['a member without a role', 'a SuperAdmin'],
  'accounts.decision.get': ['a member without a role'],
  'accounts.sector.list': [],
  'accounts.notice-wishes.get': ['a member without a role', 'Customer Success', 'a lead of Customer Success'],
  'accounts.notice-wishes.set': ['a member without a role', 'Customer Success', 'a lead of Customer Success'],
  'accounts.account-recipients.get': ['a member without a role'],
  'accounts.account-recipients.set': ['a member without a role', 'Customer Success', 'a lead of Customer Success'],
  'accounts.member.set-language': [],
  'accounts.organization.find': ['a member without a role', 'a SuperAdmin'],
  'accounts.fallback-address.get': ['a member without a role', 'Customer Success', 'a lead of Customer Success'],
  'accounts.fallback-address.set': ['a member without a role', 'Customer Success', 'a lead of Customer Success'],
  'accounts.organization.set-logo': ['a member without a role', 'Customer Success', 'a lead of Customer Success'],
};
/** Whoever signs in is not known yet, and who has the address of a calendar need not be. */
const impersonal = ['accounts.member.identify', 'accounts.calendar.read'];
const personal = named.filter(([name, { callers: from }]) => from.includes('gateway') && !impersonal.includes(name));

describe('the table of rights', () => {
  it('has every message that a person sends', () =>
    expect(personal.map(([name]) => name).sort()).toEqual(Object.keys(forbidden).sort()));

  it.each(personal)('holds for %s', async (name, message) => {
    const refused: string[] = [];
    for (const [who, actor] of actors) {
      const { problem } = await raw(message, JSON.stringify(valid(name, actor())));
      if (problem.code === 'forbidden') refused.push(who);
    }
    expect(refused).toEqual(forbidden[name]);
  });
});

describe("another organization's", () => {
  const objects = ['accountId', 'applicationId'] as const;
  const aboutOne = personal.flatMap(([name, message]) =>
    objects
      .filter((object) => object in shapeOf(message) && isAboutOne(name))
      .map((object): [string, (typeof objects)[number], Request] => [name, object, message]),
  );

  it.each(aboutOne)('%s: %s is not found, like one that does not exist', async (name, object, message) => {
    const ask = async (id: string) =>
      (await raw(message, JSON.stringify({ ...valid(name, world.wind.superAdmin), [object]: id }))).problem;
    const refused = await ask(target[object]);
    expect(refused).toMatchObject({ code: 'not_found', status: 404 });
    expect(refused).toEqual(await ask(randomUUID()));
  });
});

/** A list leaves out what is not one's own, and decisions are Customer Success's, who see every organization. */
function isAboutOne(name: string): boolean {
  return !name.endsWith('.list') && name !== 'accounts.decision.record';
}

function shapeOf(message: Request): Record<string, unknown> {
  return 'shape' in message.request ? (message.request.shape as Record<string, unknown>) : {};
}
