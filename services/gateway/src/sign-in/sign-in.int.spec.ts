import {
  applicationApproved,
  applicationFailed,
  applicationFulfilled,
  applicationRejected,
  eventFilter,
  eventSubject,
  identifyMember,
  memberChanged,
  refuse,
  type Role,
} from '@tenure/contracts';
import { startIdentityProvider, type IdentityProvider } from '@tenure/local/identity-provider/identity-provider';
import { eventually, forAllTests, startTestService, testNats } from '@tenure/testing';
import { SignJWT } from 'jose';
import { call, type Reply } from '../testing/call.js';
import { tell } from '../testing/event-stream.js';
import { gatewayFor } from '../testing/gateway.js';
import { audience, startIssuer, unsigned } from '../testing/issuer.js';
import { aMember, memberId, organizationId } from '../testing/samples.js';
import { setStage } from '../testing/stage.js';
import { StandIns } from '../testing/stand-ins.js';

const now = () => Math.floor(Date.now() / 1000);

describe('sign-in', () => {
  const stage = forAllTests(setStage);
  beforeEach(() => stage.services.reset());

  const me = (token: string) => call(stage.url, 'GET /api/me', { token });

  /** The refusal with its RFC 6750 error, and the requests that reached a service nevertheless. */
  function refusal({ status, headers, problem }: Reply) {
    const challenge = headers.get('www-authenticate') ?? 'no challenge';
    const error = /error="(\w+)"/.exec(challenge)?.[1] ?? challenge;
    return { status, code: problem.code, error, passedOn: stage.services.asked };
  }

  it('returns the member', async () => {
    stage.services.answer(identifyMember, () => aMember(['super_admin']));
    const reply = await me(await stage.issuer.token('first_call'));
    expect([reply.status, reply.body]).toEqual([200, aMember(['super_admin'])]);
    expect(stage.services.requestsOf(identifyMember)).toEqual([{ issuer: stage.issuer.issuer, subject: 'first_call' }]);
  });

  it('hides fields of accounts’ answer that are not for every member', async () => {
    const member = aMember([]);
    const organization = { ...member.organization, fallbackEmail: 'office@partner.example' };
    stage.services.answer(identifyMember, () => ({ ...member, organization }));
    expect((await me(await stage.issuer.token('hidden'))).body).toEqual(member);
  });

  it.each([
    ['was readmitted', 'back', 'readmittedAt'],
    ['signed out everywhere', 'signed_out', 'signedOutAt'],
  ])('refuses a token from before its member %s', async (_, subject, what) => {
    const ended = { [what]: new Date().toISOString() };
    stage.services.answer(identifyMember, () => ({ ...aMember([]), ...ended }));
    const at = (seconds: number) => stage.issuer.token(subject, { iat: now() + seconds });
    expect(refusal(await me(await at(-60)))).toMatchObject({ status: 401, code: 'token_expired' });
    expect(refusal(await me(await stage.issuer.token(subject)))).toMatchObject({ code: 'token_expired' });
    expect((await me(await at(1))).body).toEqual(aMember([]));
  });

  it('accepts the word Bearer in any case, and subjects up to the length that accounts stores', async () => {
    stage.services.answer(identifyMember, () => aMember([]));
    const authorization = `bearer  ${await stage.issuer.token('x'.repeat(255))}`;
    expect((await call(stage.url, 'GET /api/me', { headers: { authorization } })).status).toBe(200);
  });

  it.each([{ nbf: 55 }, { exp: -55 }])(
    'accepts a token whose times are a minute off, as clocks differ: %j',
    async (times) => {
      stage.services.answer(identifyMember, () => aMember([]));
      const told = Object.fromEntries(Object.entries(times).map(([claim, seconds]) => [claim, now() + seconds]));
      expect((await me(await stage.issuer.token('super_admin', told))).status).toBe(200);
    },
  );

  it.each(['Basic dXNlcjpwYXNz', 'Bearer', 'Bearer two words', 'A Bearer token', 'Bearertoken', 'token', 'Bearer {}'])(
    'needs a bearer token: %s',
    async (authorization) =>
      expect(refusal(await call(stage.url, 'GET /api/me', { headers: { authorization } }))).toEqual({
        status: 401,
        code: 'unauthenticated',
        error: 'Bearer realm="tenure"',
        passedOn: [],
      }),
  );

  describe('refuses a token', () => {
    const refused: [string, () => Promise<string> | string][] = [
      ['that is malformed', () => 'abc'],
      ['with three parts that mean nothing', () => 'a.b.c'],
      ['that another key signed', () => stage.issuer.forged('super_admin')],
      ['for another audience', () => stage.issuer.token('super_admin', { aud: 'urn:other' })],
      ['without an audience', () => stage.issuer.token('super_admin', { aud: undefined })],
      ['of another issuer', () => stage.issuer.token('super_admin', { iss: 'https://other.example' })],
      ['that never expires', () => stage.issuer.token('super_admin', { exp: undefined })],
      ['that is not valid yet', () => stage.issuer.token('super_admin', { nbf: now() + 600 })],
      ['with an empty subject', () => stage.issuer.token('')],
      ['with a subject that is too long', () => stage.issuer.token('x'.repeat(256))],
      [
        'that is not signed',
        () => unsigned({ iss: stage.issuer.issuer, aud: audience, sub: 'super_admin', exp: now() + 60 }),
      ],
      [
        'signed with the public key as a shared secret',
        () =>
          new SignJWT({ iss: stage.issuer.issuer, aud: audience, sub: 'super_admin', exp: now() + 60 })
            .setProtectedHeader({ alg: 'HS256', kid: 'one' })
            .sign(new TextEncoder().encode(JSON.stringify(stage.issuer.jwk))),
      ],
      [
        'whose claims were changed after signing',
        async () => {
          const [head, , signature] = (await stage.issuer.token('no_role')).split('.');
          const [, claims] = (await stage.issuer.token('super_admin')).split('.');
          return [head, claims, signature].join('.');
        },
      ],
    ];
    it.each(refused)('%s', async (_, token) =>
      expect(refusal(await me(await token()))).toEqual({
        status: 401,
        code: 'token_invalid',
        error: 'invalid_token',
        passedOn: [],
      }),
    );

    it('that has expired, and says so in the code', async () =>
      expect(refusal(await me(await stage.issuer.token('super_admin', { exp: now() - 60 })))).toEqual({
        status: 401,
        code: 'token_expired',
        error: 'invalid_token',
        passedOn: [],
      }));
  });

  it('refuses a person that accounts does not know', async () => {
    const reply = await me(await stage.issuer.token('stranger'));
    expect([reply.status, reply.problem.code]).toEqual([403, 'member_unknown']);
  });

  it('takes roles from accounts, whatever the token says', async () => {
    const token = await stage.issuer.token('no_role', { roles: ['super_admin'], organizationId });
    expect((await call(stage.url, 'GET /api/accounts', { token })).status).toBe(403);
  });

  it('asks accounts once for a member, until accounts reports that the member changed', async () => {
    let roles: Role[] = ['super_admin'];
    stage.services.answer(identifyMember, () => aMember(roles));
    const token = await stage.issuer.token('promoted');
    const list = () => call(stage.url, 'GET /api/accounts', { token });
    await Promise.all([list(), list(), list()]);
    expect(stage.services.requestsOf(identifyMember)).toHaveLength(1);

    roles = [];
    expect((await list()).status).toBe(200);
    await tell(stage.nats, memberChanged, { data: { memberId, issuer: stage.issuer.issuer, subject: 'promoted' } });
    await eventually(async () => expect((await list()).status).toBe(403));
  });

  it('asks again after 45 seconds, or if the clock was set back, in case an event about a member was missed', async () => {
    const token = await stage.issuer.token('super_admin');
    const { now } = Date;
    const begun = now();
    const askedAfter = async (milliseconds: number) => {
      Date.now = () => begun + milliseconds;
      await me(token);
      return stage.services.requestsOf(identifyMember).length;
    };
    try {
      await askedAfter(600_000);
      stage.services.reset();
      const asked = [];
      for (const milliseconds of [644_999, 645_000, 645_001, 0, 1]) asked.push(await askedAfter(milliseconds));
      expect(asked).toEqual([0, 1, 1, 2, 2]);
    } finally {
      Date.now = now;
    }
  });

  it('does not cache an answer that was pending when the member changed', async () => {
    let answer!: () => void;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    let asked = 0;
    stage.services.answer(identifyMember, async () => {
      asked += 1;
      if (asked > 1) return aMember([]);
      await answered;
      return aMember(['super_admin']);
    });
    const token = await stage.issuer.token('demoted');
    const first = call(stage.url, 'GET /api/accounts', { token });
    await eventually(() => expect(asked).toBe(1));
    const accounts = await stage.nats.connect('accounts');
    accounts.publish(eventSubject(memberChanged, organizationId), 'not even JSON');
    await accounts.flush();
    await eventually(async () => {
      const { status } = await call(stage.url, 'GET /api/me', { token: await stage.issuer.token('other') });
      expect([status, asked]).toEqual([200, 2]);
    });
    answer();
    expect((await first).status).toBe(200);
    expect((await call(stage.url, 'GET /api/accounts', { token })).status).toBe(403);
  });

  it('does not cache that accounts did not know a person', async () => {
    const token = await stage.issuer.token('new_member');
    stage.services.answer(identifyMember, () => {
      throw refuse('member_unknown', 'Nobody is known by this sign-in.');
    });
    expect((await me(token)).status).toBe(403);
    stage.services.answer(identifyMember, () => aMember([]));
    expect((await me(token)).status).toBe(200);
  });

  it('fails to start if NATS does not permit the subscription to changed members', async () => {
    const others = [applicationApproved, applicationRejected, applicationFulfilled, applicationFailed].map(eventFilter);
    const users = [{ user: 'gateway', publish: ['accounts.member.identify.gateway'], subscribe: others }];
    const strict = await testNats({ users });
    await expect(startTestService({ nats: strict, ...gatewayFor({ issuer: stage.issuer.issuer }) })).rejects.toThrow(
      'NATS refuses a subscription to accounts.member.changed.',
    );
    await strict.close();
  });
});

describe('the local identity provider', () => {
  it('issues access tokens that are accepted, with keys found by discovery', async () => {
    const nats = await testNats();
    const services = await StandIns.start(nats);
    services.answer(identifyMember, () => aMember(['super_admin']));
    const person = { signIn: 'ana@partner.example', name: 'Ana Ruiz', language: 'es' as const };
    const provider: IdentityProvider = await startIdentityProvider({ people: () => [person] });
    const gateway = await startTestService({
      nats,
      ...gatewayFor({ issuer: provider.issuer, environment: { OIDC_AUDIENCE: provider.audience } }),
    });
    try {
      const token = await provider.token(person.signIn);
      expect((await call(gateway.url!, 'GET /api/me', { token })).status).toBe(200);
      expect(services.requestsOf(identifyMember)).toEqual([{ issuer: provider.issuer, subject: person.signIn }]);
    } finally {
      await gateway.close();
      await provider.stop();
      await nats.close();
    }
  });

  it('goes down: its tokens are still accepted, and readiness reports it as a note', async () => {
    const [nats, issuer] = await Promise.all([testNats(), startIssuer()]);
    await StandIns.start(nats);
    const gateway = await startTestService({ nats, ...gatewayFor({ issuer: issuer.issuer }) });
    const { now } = Date;
    try {
      const token = await issuer.token('super_admin');
      const status = async () => (await call(gateway.url!, 'GET /api/me', { token })).status;
      expect(await status()).toBe(200);
      await issuer.stop();
      Date.now = () => now() + 11 * 60_000;
      expect(await status()).toBe(200);
      await eventually(async () =>
        expect(await gateway.health.state()).toEqual({
          reasons: [],
          notes: [expect.stringMatching(/^identity provider: its keys cannot be read; those that are known/)],
        }),
      );
    } finally {
      Date.now = now;
      await gateway.close();
      await nats.close();
    }
  });

  it('is unreachable: the answer says so instead of calling the token invalid', async () => {
    const nats = await testNats();
    await StandIns.start(nats);
    const issuer = await startIssuer();
    const token = await issuer.token('super_admin');
    await issuer.stop();
    const gateway = await startTestService({ nats, ...gatewayFor({ issuer: issuer.issuer }) });
    try {
      const reply = await call(gateway.url!, 'GET /api/me', { token });
      expect([reply.status, reply.problem.code, reply.headers.get('retry-after')]).toEqual([503, 'unavailable', '2']);
    } finally {
      await gateway.close();
      await nats.close();
    }
  });
});
