import {
  addEmailDomain,
  deleteEmailDomain,
  getEmailDomain,
  identifyMember,
  refuse,
  setEmailDomainSender,
  setOrganizationLogo,
  verifyEmailDomain,
} from '@tenure/contracts';
import { forAllTests } from '@tenure/testing';
import { call } from '../testing/call.js';
import { aMember, anEmailDomain } from '../testing/samples.js';
import { setStage } from '../testing/stage.js';

const stage = forAllTests(setStage);
beforeEach(() => stage.services.reset());

const ask = (address: string, body?: unknown, person?: string) => stage.ask(address, { body, person });
const { domain } = anEmailDomain;

describe("an organization's email domain", () => {
  it('is added as typed, and read, verified and deleted by its name', async () => {
    const added = await ask('POST /api/email-domains', { domain: ' Mail.Partner.EXAMPLE' });
    expect([added.status, added.body]).toEqual([201, anEmailDomain]);
    expect((await ask(`GET /api/email-domains/${domain}`)).body).toEqual(anEmailDomain);
    expect((await ask(`POST /api/email-domains/${domain}/verification`, {})).body).toEqual(anEmailDomain);
    expect((await ask(`DELETE /api/email-domains/${domain}`)).body).toEqual({});
    const actor = expect.objectContaining({ roles: ['super_admin'] }) as unknown;
    expect(stage.services.requestsOf(addEmailDomain)).toEqual([
      { actor, domain: ' Mail.Partner.EXAMPLE', sender: 'notices' },
    ]);
    for (const message of [getEmailDomain, verifyEmailDomain, deleteEmailDomain])
      expect(stage.services.requestsOf(message)).toEqual([{ actor, domain }]);
  });

  it('can change its sender name and its logo, with immediate effect', async () => {
    expect((await ask(`PUT /api/email-domains/${domain}/sender`, { sender: 'alerts' })).body).toEqual(anEmailDomain);
    expect(stage.services.requestsOf(setEmailDomainSender)).toMatchObject([{ domain, sender: 'alerts' }]);
    await ask('GET /api/me');
    const logoUrl = 'https://partner.example/logo.png';
    expect((await ask('PUT /api/organization/logo', { logoUrl })).body).toMatchObject({ logoUrl });
    expect(stage.services.requestsOf(setOrganizationLogo)).toMatchObject([{ logoUrl }]);
    const asked = stage.services.requestsOf(identifyMember).length;
    await ask('GET /api/me');
    expect(stage.services.requestsOf(identifyMember)).toHaveLength(asked + 1);
  });

  it.each(['no_role', 'customer_success', 'customer_success_lead'])('is not for %s', async (person) => {
    const all = [
      await ask('POST /api/email-domains', { domain }, person),
      await ask(`GET /api/email-domains/${domain}`, undefined, person),
      await ask(`POST /api/email-domains/${domain}/verification`, {}, person),
      await ask(`DELETE /api/email-domains/${domain}`, undefined, person),
      await ask(`PUT /api/email-domains/${domain}/sender`, { sender: 'alerts' }, person),
      await ask('PUT /api/organization/logo', { logoUrl: null }, person),
    ];
    expect(all.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403]);
    expect(stage.services.passedOn).toEqual([]);
  });

  it('that is in use is not deleted, and the refusal says by how many', async () => {
    const figures = { accounts: 2, applications: 1 };
    stage.services.answer(deleteEmailDomain, () => {
      throw refuse('email_domain_in_use', 'The domain is in use.', { figures });
    });
    const { status, problem } = await ask(`DELETE /api/email-domains/${domain}`);
    expect([status, problem.code, problem.figures]).toEqual([409, 'email_domain_in_use', figures]);
  });

  it.each([
    ['POST /api/email-domains', { domain: '' }, 'domain'],
    ['POST /api/email-domains', { domain, sender: 'a b' }, 'sender'],
    ['POST /api/email-domains', { domain, organizationId: 'x' }, 'organizationId'],
    ['GET /api/email-domains/Not%20a%20domain', undefined, 'domain'],
    [`PUT /api/email-domains/${domain}/sender`, { sender: 'Alerts' }, 'sender'],
    ['PUT /api/organization/logo', { logoUrl: 'http://partner.example/logo.png' }, 'logoUrl'],
    ['PUT /api/organization/logo', { logoUrl: 'https://10.0.0.1/logo.png' }, 'logoUrl'],
    ['PUT /api/organization/logo', { logoUrl: 'ftp://partner.example/logo.png' }, 'logoUrl'],
    ['PUT /api/organization/logo', { logoUrl: 'https://ana:secret@partner.example/logo.png' }, 'logoUrl'],
    ['PUT /api/organization/logo', {}, 'logoUrl'],
  ])('is refused with invalid input: %s %j', async (address, body, path) => {
    const { status, problem } = await ask(address, body);
    expect([status, problem.errors?.map((error) => error.path)]).toEqual([422, [path]]);
    expect(stage.services.passedOn).toEqual([]);
  });
});

it('an organization can add and verify domains at most thirty times a minute, because that uses the provider’s rate limit for all e-mails', async () => {
  const other = '0198c2f4-0000-7000-8000-0000000000e2';
  stage.services.answer(identifyMember, ({ subject }) =>
    aMember(['super_admin'], subject === 'another' ? { organizationId: other } : {}),
  );
  // A gateway of its own: requests of other tests count for a minute, which may end meanwhile.
  const { url, close } = await stage.start();
  const post = async (address: string, body: object, person = 'super_admin') =>
    (await call(url!, `POST /api/email-domains${address}`, { token: await stage.issuer.token(person), body })).status;
  const verify = (person?: string) => post(`/${domain}/verification`, {}, person);
  const statuses = await Promise.all(Array.from({ length: 40 }, () => verify()));
  expect(statuses.toSorted()).toEqual([...Array<number>(30).fill(200), ...Array<number>(10).fill(429)]);
  expect(stage.services.requestsOf(verifyEmailDomain)).toHaveLength(30);
  expect(await post('', { domain })).toBe(429);
  expect(await verify('another')).toBe(200);
  await close();
});
