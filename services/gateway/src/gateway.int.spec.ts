import { forAllTests, testTemporal } from '@tenure/testing';
import { actions, may, type Action } from './domain/rights.js';
import { allRoutes } from './gateway.module.js';
import { call, type Sending } from './testing/call.js';
import { untilItReceives } from './testing/event-stream.js';
import { accountId, aChosenPolicy, applicationId, deliveryId, newAccount, organizationId } from './testing/samples.js';
import { setStage } from './testing/stage.js';
import { people } from './testing/stand-ins.js';

/** A valid body for each action. */
const bodies: Partial<Record<Action, unknown>> = {
  preview_application: newAccount,
  submit_application: newAccount,
  decide_application: { verdict: 'approve' },
  withdraw_application: {},
  clear_marked_address: { address: 'ana@partner.example' },
  resolve_delivery: { resolution: 'arrived', reason: 'The customer has it.' },
  set_language: { language: 'es' },
  set_notice_wishes: { decisions: true, reminders: false },
  set_recipients: { extraAddresses: [{ email: 'site@customer.example', language: 'es' }], replaces: 0 },
  move_clock: { days: 1 },
  preview_reminder_policy: aChosenPolicy,
  change_reminder_policy: { ...aChosenPolicy, replaces: 1 },
  stop_policy_change: {},
  continue_policy_change: {},
  create_calendar_feed: {},
  revoke_calendars: { which: 'feed' },
  add_email_domain: { domain: 'mail.partner.example' },
  verify_email_domain: {},
  set_email_domain_sender: { sender: 'alerts' },
  set_fallback_address: { fallbackEmail: 'office@partner.example' },
  set_organization_logo: { logoUrl: 'https://partner.example/logo.png' },
};

const queries: Partial<Record<Action, string>> = { check_applications: `?applicationIds=${applicationId}` };

describe('the gateway', () => {
  const stage = forAllTests(async () => setStage({ temporal: await testTemporal(), environment: { SANDBOX: 'on' } }));
  beforeAll(async () => {
    await untilItReceives(stage.gateway);
  });
  beforeEach(() => stage.services.reset());

  const addressOf = ({ method, path, action }: (typeof allRoutes)[number]) =>
    `${method.toUpperCase()} /api${path.replace('{accountId}', accountId).replace('{applicationId}', applicationId).replace('{deliveryId}', deliveryId).replace('{organizationId}', organizationId).replace('{version}', '2').replace('{domain}', 'mail.partner.example')}${queries[action] ?? ''}`;

  let keys = 0;
  const sendingFor = (action: Action, token?: string): Sending => ({
    ...(token !== undefined && { token }),
    ...(bodies[action] !== undefined && { body: bodies[action] }),
    key: `key-${(keys += 1)}`,
  });

  it('serves exactly one route per action', () =>
    expect(allRoutes.map(({ action }) => action).sort()).toEqual(actions.toSorted()));

  describe.each(Object.keys(people))('%s', (person) => {
    it.each(allRoutes.map((route) => [addressOf(route), route] as const))('%s', async (address, route) => {
      const { action, status } = route;
      const isAllowed = may({ roles: people[person]! }, action);
      const reply = await call(stage.url, address, sendingFor(action, await stage.issuer.token(person)));
      expect(stage.services.unanswered).toEqual([]);
      if (isAllowed) expect([reply.status, reply.body]).toEqual([status, expect.anything()]);
      else {
        expect([reply.status, reply.problem.code]).toEqual([403, 'forbidden']);
        expect(stage.services.passedOn).toEqual([]);
      }
    });
  });

  describe('without a sign-in', () => {
    it.each(allRoutes.map((route) => [addressOf(route), route.action] as const))(
      '%s is refused before its input is read',
      async (address, action) => {
        const reply = await call(stage.url, address, {
          ...sendingFor(action),
          ...(bodies[action] !== undefined && { body: '{' }),
        });
        expect([reply.status, reply.problem.code]).toEqual([401, 'unauthenticated']);
        expect(reply.headers.get('www-authenticate')).toBe('Bearer realm="tenure"');
        expect(stage.services.asked).toEqual([]);
      },
    );
  });

  describe('an address that is not served', () => {
    it.each([
      'GET /api',
      'GET /api/nothing',
      'GET /api/applications/preview/more',
      'POST /api/accounts.csv2',
      'POST /api/accountsXcsv',
    ])('%s is not found', async (address) => {
      const reply = await call(stage.url, address, { token: await stage.issuer.token('super_admin') });
      expect([reply.status, reply.problem.code]).toEqual([404, 'not_found']);
      expect(reply.headers.get('content-type')).toContain('application/problem+json');
    });

    it.each([
      ['POST /api/me', 'GET, HEAD'],
      ['DELETE /api/accounts', 'GET, HEAD'],
      ['OPTIONS /api/accounts.csv', 'GET, HEAD'],
      ['PATCH /api/Applications/', 'GET, HEAD, POST'],
      ['PUT /api/applications/preview', 'GET, HEAD, POST'],
      [`GET /api/applications/${applicationId}/withdrawal`, 'POST'],
      ['POST /api/email-domains/mail.partner.example', 'DELETE, GET, HEAD'],
    ])('%s is refused, and told that the address has %s', async (address, methods) => {
      const reply = await call(stage.url, address);
      expect([reply.status, reply.problem.code]).toEqual([405, 'method_not_allowed']);
      expect(reply.headers.get('allow')).toBe(methods);
      expect(reply.headers.get('content-type')).toContain('application/problem+json');
    });

    it('one that cannot be decoded is malformed', async () =>
      expect(
        (await call(stage.url, 'GET /api/accounts/%E0%A4%A', { token: await stage.issuer.token('super_admin') }))
          .problem,
      ).toMatchObject({ status: 400, code: 'malformed' }));
  });
});
