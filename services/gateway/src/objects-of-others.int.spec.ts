import {
  applicationRequest,
  createAccount,
  fulfillApplication,
  inspectDecision,
  openSubscription,
  previewContract,
  requestNotice,
  saveEmailDomain,
  saveLicense,
  saveMember,
  saveOrganization,
  saveSector,
  schemaOf,
  settleDecision,
  type Role,
} from '@tenure/contracts';
import {
  eventually,
  standardLicense,
  startInstallation,
  startTestService,
  testTemporal,
  type Installation,
  type TestService,
} from '@tenure/testing';
import { may, type Action } from './domain/rights.js';
import { allRoutes } from './gateway.module.js';
import { takesBody, type Route } from './routes/route.js';
import { call, type Reply } from './testing/call.js';
import { gatewayFor } from './testing/gateway.js';
import { startIssuer, type Issuer } from './testing/issuer.js';

/**
 * Every role × every call that names an object × an object of another organization, against the real services and their
 * database: all are refused, and no answer reveals whether the object exists. The calls come from the table of rights
 * and the routes; a new call without an entry below fails here.
 */
const unknownId = '01a20cbc-096f-794b-8c1b-a391dbfa3c97';

/** The object of the organization `first` for each name in a path, a query or a body. */
interface Objects {
  accountId: string;
  applicationId: string;
  organizationId: string;
  deliveryId: string;
  domain: string;
}

/** A valid body for each call, about this account. */
const bodies: Partial<Record<Action, (objects: Objects) => unknown>> = {
  preview_application: ({ accountId }) => ({ type: 'change_datapoints', accountId, datapoints: 200 }),
  submit_application: ({ accountId }) => ({ type: 'renew_subscription', accountId }),
  decide_application: () => ({ verdict: 'reject', reason: 'Not now.' }),
  withdraw_application: () => ({}),
  resolve_delivery: () => ({ resolution: 'arrived', reason: 'The customer has it.' }),
  move_clock: () => ({ days: 1 }),
  set_recipients: () => ({ extraAddresses: [{ email: 'site@customer.example', language: 'es' }], replaces: 0 }),
  verify_email_domain: () => ({}),
  set_email_domain_sender: () => ({ sender: 'alerts' }),
};

type Named = keyof Objects;
const named = (text: string) => [...text.matchAll(/\b(\w+Id)\b/g)].map(([name]) => name as Named);
const inAddress = (path: string) => [...path.matchAll(/\{(\w+Id|domain)\}/g)].map(([, name]) => name as Named);

/** The names of the objects in a call's path, query and body. */
function namesIn({ path, query, body }: Route): Named[] {
  const schema = JSON.stringify(schemaOf(body, 'input'));
  return [...new Set([...inAddress(path), ...named(Object.keys(query.shape).join(' ')), ...named(schema)])];
}
const routes = allRoutes.filter((route) => namesIn(route).length > 0).map((route) => ({ route, action: route.action }));

const people: { name: string; of: 'first' | 'second' | 'operator'; roles: Role[] }[] = [
  { name: 'carla', of: 'operator', roles: ['customer_success'] },
  { name: 'luis', of: 'operator', roles: ['customer_success_lead'] },
  { name: 'ana', of: 'first', roles: ['super_admin'] },
  { name: 'bruno', of: 'second', roles: ['super_admin'] },
  { name: 'nils', of: 'second', roles: [] },
];

let installation: Installation;
let issuer: Issuer;
let gateway: TestService;
let objects: Objects;
beforeAll(async () => {
  [installation, issuer] = await Promise.all([startInstallation(), startIssuer()]);
  const temporal = await testTemporal();
  gateway = await startTestService({
    nats: installation.nats,
    ...gatewayFor({
      issuer: issuer.issuer,
      temporal,
      // There is no worker, so calls that wait for one should give up soon.
      environment: { SANDBOX: 'on', CLOCK_PATIENCE_SECONDS: '1' },
    }),
  });
  objects = await anAccountOfTheFirst();
});
afterAll(async () => {
  await gateway?.close();
  await Promise.all([issuer?.stop(), installation?.close()]);
});

let keys = 0;
async function asked(person: string, route: Route, about: Objects): Promise<Reply> {
  const { method, path, query, action } = route;
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: Named) => about[name]);
  const filters = named(Object.keys(query.shape).join(' ')).map((name) => `${name}=${about[name]}`);
  const body = bodies[action]?.(about);
  return call(
    gateway.url!,
    `${method.toUpperCase()} /api${filled}${filters.length > 0 ? `?${filters.join('&')}` : ''}`,
    {
      token: await issuer.token(person),
      ...(body !== undefined && { body }),
      key: `key-${(keys += 1)}`,
    },
  );
}

/** The content of a reply, without what differs between any two replies. */
function said({ status, headers, body }: Reply, about: Objects): object {
  const neutral = (text: string) =>
    Object.values(about).reduce((all: string, id: string) => all.replaceAll(id, '<id>'), text);
  const own = /^(date|x-request-id|ratelimit.*|x-ratelimit.*|retry-after|etag)$/i;
  return {
    status,
    headers: [...headers].filter(([name]) => !own.test(name)).map(([name, value]) => [name, neutral(value)]),
    body: neutral(JSON.stringify(body)),
  };
}

describe('a call that names an object', () => {
  it('has an entry here with everything that it needs', () => {
    const withoutBody = routes.filter(({ route, action }) => takesBody(route) && bodies[action] === undefined);
    expect(withoutBody.map(({ action }) => action)).toEqual([]);
    for (const { route } of routes) for (const name of namesIn(route)) expect(Object.keys(objects)).toContain(name);
    expect(routes.length).toBeGreaterThan(5);
  });

  describe.each(people.filter(({ of }) => of === 'second'))('by $name of another organization', ({ name, roles }) => {
    it.each(routes)(
      '$action answers the same for an existing object as for a missing one',
      async ({ route, action }) => {
        const nothing: Objects = {
          accountId: unknownId,
          applicationId: unknownId,
          organizationId: unknownId,
          deliveryId: unknownId,
          domain: 'unknown.example',
        };
        const [foreign, unknown] = [await asked(name, route, objects), await asked(name, route, nothing)];
        expect(said(foreign, objects)).toEqual(said(unknown, nothing));
        const byAddress = inAddress(route.path).length > 0;
        if (!may({ roles }, action)) expect([foreign.status, foreign.problem.code]).toEqual([403, 'forbidden']);
        else if (byAddress || route.method === 'post')
          expect([foreign.status, foreign.problem.code]).toEqual([404, 'not_found']);
        else expect(JSON.stringify(foreign.body)).not.toContain(objects.accountId);
      },
    );
  });

  describe.each(people.filter(({ of, roles }) => of !== 'second' && roles.length > 0))(
    'by $name of $of',
    ({ name, roles }) => {
      // One of these calls deletes it.
      afterEach(() => saveDomain(objects));

      it.each(routes)('$action reaches the object if and only if the role may do it', async ({ route, action }) => {
        const { status } = await asked(name, route, objects);
        if (may({ roles }, action)) expect([401, 403, 404, 422]).not.toContain(status);
        else expect(status).toBe(403);
      });
    },
  );
});

/**
 * Creates an active account of the first organization with a pending application, by the calls of people and workflows.
 */
async function anAccountOfTheFirst(): Promise<Objects> {
  const { nats } = installation;
  const [operator, workflows] = await Promise.all([nats.ask('operator'), nats.ask('workflows')]);
  await operator.ask(saveSector, { code: 'logistics', names: { en: 'Logistics', es: 'Logística' } });
  await operator.ask(saveLicense, standardLicense);
  const spain = { country: 'ES', timeZone: 'Europe/Madrid', language: 'es' } as const;
  const organizations: Record<string, string> = {};
  for (const name of ['first', 'second', 'operator'])
    organizations[name] = (
      await operator.ask(saveOrganization, { name, ...spain, isOperator: name === 'operator' })
    ).organizationId;
  for (const { name, of, roles } of people)
    await operator.ask(saveMember, {
      organizationId: organizations[of]!,
      issuer: issuer.issuer,
      subject: name,
      name,
      email: `${name}@partner.example`,
      language: 'es',
      roles,
    });

  const send = async (person: string, address: string, body: unknown) => {
    const reply = await call(gateway.url!, address, {
      token: await issuer.token(person),
      body,
      key: `key-${(keys += 1)}`,
    });
    expect([200, 201, 202]).toContain(reply.status);
    return reply.body as { applicationId: string; decisionId: string };
  };
  const form = applicationRequest.parse({
    type: 'new_account',
    accountName: 'Harbor',
    customerName: 'Port Authority',
    license: 'standard',
    datapoints: 100,
    sector: 'logistics',
  });
  const { applicationId: first } = await send('ana', 'POST /api/applications', form);
  const { decisionId } = await send('carla', `POST /api/applications/${first}/decision`, { verdict: 'approve' });
  // The workflow's steps.
  const { change } = await workflows.ask(inspectDecision, { applicationId: first, decisionId });
  const { refusals, before } = await workflows.ask(previewContract, { change: change!, asOf: null });
  const { provision } = await workflows.ask(settleDecision, {
    applicationId: first,
    decisionId,
    preview: { refusals, before },
  });
  const { accountId } = await workflows.ask(createAccount, { applicationId: first });
  if (provision?.change.type !== 'new_account') throw new Error('It was not approved.');
  const { facts } = await workflows.ask(openSubscription, {
    applicationId: first,
    decidedAt: provision.decidedAt,
    change: provision.change,
  });
  await workflows.ask(fulfillApplication, { applicationId: first, after: facts });
  await eventually(async () => {
    const shown = await call(gateway.url!, `GET /api/accounts/${accountId}`, { token: await issuer.token('ana') });
    expect(shown.status).toBe(200);
  });
  const { applicationId } = await send('ana', 'POST /api/applications', {
    type: 'change_datapoints',
    accountId,
    datapoints: 300,
  });
  const organizationId = organizations['first']!;
  const about = { organizationId, accountId, applicationId: null, termNumber: 1, offset: null };
  await workflows.ask(requestNotice, {
    ...{ ...about, key: `${accountId}/renewed`, kind: 'subscription_renewed', skip: null },
    dueAt: new Date().toISOString(),
  });
  const deliveryId = await eventually(async () => {
    const [row] = await installation.database.sql<{ id: string }>(
      'select delivery_id as id from notifications.deliveries',
    );
    expect(row).toBeDefined();
    return row!.id;
  });
  const domain = 'mail.first.example';
  await saveDomain({ organizationId, domain });
  return { accountId, applicationId, organizationId, deliveryId, domain };
}

async function saveDomain({ organizationId, domain }: Pick<Objects, 'organizationId' | 'domain'>): Promise<void> {
  const operator = await installation.nats.ask('operator');
  await operator.ask(saveEmailDomain, { organizationId, domain, status: 'verified', sender: `notices@${domain}` });
}
