import { get, type IncomingMessage } from 'node:http';
import { jetstreamManager } from '@nats-io/jetstream';
import {
  identifyMember,
  listLicenses,
  memberChanged,
  refuse,
  signOutEverywhere,
  submitApplication,
  type Role,
  type SessionView,
} from '@tenure/contracts';
import { startIdentityProvider, type IdentityProvider } from '@tenure/local/identity-provider/identity-provider';
import { Nats } from '@tenure/platform/messaging';
import { eventually, startTestService, testNats, type TestNats, type TestService } from '@tenure/testing';
import { seal } from '../sessions/sealed.js';
import { newSessionId, storageOf } from '../sessions/session-id.js';
import { Sessions } from '../sessions/sessions.js';
import type { Settings } from '../settings.js';
import { Browser } from '../testing/browser.js';
import { call } from '../testing/call.js';
import { makeEventStream, tell } from '../testing/event-stream.js';
import { gatewayFor } from '../testing/gateway.js';
import { startIssuer } from '../testing/issuer.js';
import { accountId, aMember, memberId, newAccount, organizationId } from '../testing/samples.js';
import { StandIns } from '../testing/stand-ins.js';
import { Members } from './members.js';

const origin = 'http://localhost:7300';
const deployed = 'https://tenure.example';
const cookieName = 'tenure';
const people = ['ana', 'bea'].map((name) => ({ signIn: `${name}@partner.example`, name, language: 'es' as const }));
const [ana, bea] = people.map(({ signIn }) => signIn) as [string, string];

let nats: TestNats;
let provider: IdentityProvider;
let services: StandIns;
let gateway: TestService;
let browser: Browser;
const start = (environment: Record<string, string> = {}) =>
  startTestService({
    nats,
    ...gatewayFor({
      issuer: provider.issuer,
      environment: { OIDC_CLIENT_SECRET: 'console', SANDBOX: 'on', ...environment },
    }),
  });
const browserAt = ({ url }: TestService, of = origin) => new Browser({ origin: of, url: url! });

beforeAll(async () => {
  [nats, provider] = await Promise.all([
    testNats(),
    startIdentityProvider({
      people: () => people,
      redirectUris: [origin, deployed].map((each) => `${each}/auth/callback`),
      secrets: { console: 'console', terminal: 'terminal' },
    }),
  ]);
  services = await StandIns.start(nats);
  await makeEventStream(nats);
  gateway = await start();
});
beforeEach(() => {
  services.reset();
  services.answer(identifyMember, () => aMember(['super_admin']));
  for (const subject of [ana, bea]) gateway.get(Members).forget({ issuer: provider.issuer, subject });
  browser = browserAt(gateway);
});
afterAll(async () => {
  await gateway?.close();
  await provider?.stop();
  await nats?.close();
});

const sessionOf = async (of = browser): Promise<SessionView> =>
  (await (await of.send('/auth/session')).json()) as SessionView;
const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];

/** The steps of a sign-in one by one: the request to the provider, and the address to which it redirects back. */
async function callbackOf(of: Browser, returnTo = '/auth/session', person = ana): Promise<string> {
  let answer = await of.send(`/auth/sign-in?return=${encodeURIComponent(returnTo)}`);
  let at = answer.headers.get('location')!;
  for (;;) {
    answer = await of.send(at);
    const location = answer.headers.get('location');
    if (location === null) {
      answer = await of.send(at, { method: 'POST', body: new URLSearchParams({ sign_in: person }) });
      at = new URL(answer.headers.get('location')!, at).href;
    } else at = new URL(location, at).href;
    if (new URL(at).pathname === '/auth/callback') return at;
  }
}

/** Signs in at the provider again. `auth_time` has seconds, so the second in which everything ended has to be over. */
async function signInAnew(of: Browser, person: string): Promise<void> {
  const next = Math.ceil(Date.now() / 1_000) * 1_000;
  await eventually(() => expect(Date.now()).toBeGreaterThanOrEqual(next));
  const page = await of.visit('/auth/sign-in?return=/auth/session&again=yes');
  await of.visit(page.address, { method: 'POST', body: new URLSearchParams({ sign_in: person }) });
}

describe('signing in with a browser', () => {
  it('leads through the provider, by code and PKCE, to the requested page', async () => {
    const begun = await browser.send('/auth/sign-in?return=/account-management/active');
    const asked = new URL(begun.headers.get('location')!);
    expect([begun.status, asked.origin, asked.pathname]).toEqual([302, provider.issuer, '/auth']);
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      client_id: 'tenure-console',
      response_type: 'code',
      redirect_uri: `${origin}/auth/callback`,
      scope: 'openid',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
      max_age: '31536000',
    });
    const callback = await callbackOf(browser, '/account-management/active');
    const back = await browser.send(callback);
    expect([back.status, back.headers.get('location')]).toEqual([302, '/account-management/active']);
    expect(services.requestsOf(identifyMember)).toEqual([{ issuer: provider.issuer, subject: ana }]);
  });

  it('sets one cookie: an opaque id that no script can read and that is sent to no other site', async () => {
    const back = await browser.send(await callbackOf(browser));
    const cookies = back.headers.getSetCookie().filter((line) => line.startsWith(`${cookieName}=`));
    expect(cookies).toEqual([expect.stringMatching(/^tenure=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)]);
    expect(browser.cookieNames).toEqual([cookieName]);
  });

  it('uses only `__Host-` cookies over TLS, and on the local machine cookies that Safari accepts without TLS', async () => {
    const overTls = await start({ PUBLIC_URL: deployed });
    const there = browserAt(overTls, deployed);
    const namesOfBegun = async (of: Browser) => {
      const cookies = (await of.send('/auth/sign-in')).headers.getSetCookie();
      return cookies.map((line) => line.replace(/[\w-]{43}=.+; Max-Age=600.* GMT/, '…'));
    };
    expect(await namesOfBegun(there)).toEqual(['__Host-tenure-sign-in.…; HttpOnly; Secure; SameSite=Lax']);
    expect(await namesOfBegun(browser)).toEqual(['tenure-sign-in.…; HttpOnly; SameSite=Lax']);
    const cookies = (await there.send(await callbackOf(there))).headers.getSetCookie();
    expect(cookies.at(-1)).toMatch(/^__Host-tenure=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect((await there.send('/api/me')).status).toBe(200);
    // Without the prefix, a page on another host of the domain could have set it.
    const planted = browserAt(overTls, deployed);
    planted.setCookie('tenure', there.cookie('__Host-tenure')!);
    expect(await codeOf(await planted.send('/api/me'))).toEqual([401, 'unauthenticated']);
    await overTls.close();
  });

  it('returns the member and the end of the session', async () => {
    const before = Date.now();
    await browser.signIn(ana);
    const { expiresAt, ...session } = await sessionOf();
    expect(session).toEqual({
      member: aMember(['super_admin']),
      csrfToken: expect.stringMatching(/^[\w-]{43}$/),
      sandbox: true,
    });
    expect(Date.parse(expiresAt) - before).toBeGreaterThanOrEqual(8 * 3_600_000);
    expect(Date.parse(expiresAt) - before).toBeLessThan(8 * 3_600_000 + 60_000);
  });

  it('works in several tabs at once', async () => {
    const first = await callbackOf(browser, '/first');
    const second = await callbackOf(browser, '/second');
    expect((await browser.send(first)).headers.get('location')).toBe('/first');
    expect((await browser.send(second)).headers.get('location')).toBe('/second');
  });

  it('works in all the tabs that a browser restores at once', async () => {
    const pages = Array.from(
      { length: 15 },
      (_, tab) => `/customer-success/applications/${tab}?organization=${accountId}`,
    );
    const callbacks: string[] = [];
    for (const page of pages) callbacks.push(await callbackOf(browser, page));
    for (const [tab, callback] of callbacks.entries())
      expect((await browser.send(callback)).headers.get('location')).toBe(pages[tab]);
  });

  it('keeps only as many unfinished sign-ins as fit into a header, the latest ones', async () => {
    const begin = () => browser.send(`/auth/sign-in?return=/${'x'.repeat(900)}`);
    for (let tab = 0; tab < 12; tab += 1) await begin();
    const last = await callbackOf(browser, '/last');
    const length = browser.cookieNames.reduce((sum, name) => sum + name.length + browser.cookie(name)!.length, 0);
    expect(length).toBeLessThan(8_000);
    expect((await browser.send(last)).headers.get('location')).toBe('/last');
  });

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/auth/sign-in'])(
    'never leads to another site: %s',
    async (returnTo) => {
      const back = await browser.send(await callbackOf(browser, returnTo));
      expect([back.status, back.headers.get('location')]).toEqual([302, '/']);
    },
  );

  it('redirects from 127.0.0.1 to the host of its cookies', async () => {
    const { port } = new URL(gateway.url!);
    const moved = await new Promise<IncomingMessage>((resolve) =>
      get({ port, path: '/auth/sign-in?return=/x', headers: { host: '127.0.0.1:7300' } }, resolve),
    );
    moved.resume();
    expect([moved.statusCode, moved.headers.location]).toEqual([302, `${origin}/auth/sign-in?return=/x`]);
  });
});

describe('a sign-in fails', () => {
  const failed = async (answer: Response) => ({
    status: answer.status,
    type: answer.headers.get('content-type'),
    signedIn: browser.cookie(cookieName) !== undefined,
    text: await answer.text(),
  });
  const isPage = { type: 'text/html; charset=utf-8', signedIn: false };

  it('in a browser that did not start it: a link cannot sign anybody in as somebody else', async () => {
    const attacker = browserAt(gateway);
    const callback = await callbackOf(attacker, '/', bea);
    expect(await failed(await browser.send(callback))).toMatchObject({ ...isPage, status: 400 });
  });

  it('if its callback comes a second time', async () => {
    const callback = await callbackOf(browser);
    expect((await browser.send(callback)).status).toBe(302);
    const again = browserAt(gateway);
    expect(await failed(await again.send(callback))).toMatchObject({ status: 400 });
    expect(await failed(await browser.send(callback))).toMatchObject({ status: 400 });
  });

  it('if its code is used a second time, even with the cookie of the sign-in', async () => {
    const callback = await callbackOf(browser);
    const name = browser.cookieNames.find((cookie) => cookie.includes('sign-in'))!;
    const kept = browser.cookie(name)!;
    expect((await browser.send(callback)).status).toBe(302);
    const thief = browserAt(gateway);
    thief.setCookie(name, kept);
    expect((await thief.send(callback)).status).toBe(400);
    expect(thief.cookie(cookieName)).toBeUndefined();
  });

  it('if the state was changed', async () => {
    const callback = new URL(await callbackOf(browser));
    callback.searchParams.set('state', 'x'.repeat(43));
    expect(await failed(await browser.send(callback.href))).toMatchObject({ ...isPage, status: 400 });
  });

  it('if the code belongs to another sign-in', async () => {
    const other = new URL(await callbackOf(browserAt(gateway), '/', bea)).searchParams.get('code')!;
    const callback = new URL(await callbackOf(browser));
    callback.searchParams.set('code', other);
    expect(await failed(await browser.send(callback.href))).toMatchObject({ ...isPage, status: 400 });
  });

  it('if another provider answers in its name', async () => {
    const callback = new URL(await callbackOf(browser));
    callback.searchParams.set('iss', 'https://evil.example');
    expect(await failed(await browser.send(callback.href))).toMatchObject({ ...isPage, status: 400 });
  });

  it.each(['', '?', '?code=x', '?state=', '?state=a&state=b', '?error=access_denied', '?state=%00'])(
    'without the parameters of a callback: %s',
    async (query) =>
      expect(await failed(await browser.send(`/auth/callback${query}`))).toMatchObject({ ...isPage, status: 400 }),
  );

  it("if the person cancels it, in the reader's language and with a link to try again", async () => {
    const begun = await browser.send('/auth/sign-in?return=/a%22%3E%3Cscript%3E');
    const state = new URL(begun.headers.get('location')!).searchParams.get('state')!;
    const iss = encodeURIComponent(provider.issuer);
    const answer = await browser.send(`/auth/callback?error=access_denied&state=${state}&iss=${iss}`, {
      headers: { 'accept-language': 'es-ES,es;q=0.9,en;q=0.5' },
    });
    const { text, ...rest } = await failed(answer);
    expect(rest).toEqual({ ...isPage, status: 403 });
    expect(text).toContain('El inicio de sesión se canceló.');
    expect(text).toContain('<html lang="es">');
    expect(text).toContain('href="/auth/sign-in?return=%2Fa%2522%253E%253Cscript%253E"');
    expect(text).not.toContain('<script');
  });

  it('for a person that accounts does not know, who can sign in as somebody else', async () => {
    services.answer(identifyMember, () => {
      throw refuse('member_unknown', 'Nobody is known by this sign-in.');
    });
    const { text, ...rest } = await failed(await browser.send(await callbackOf(browser, '/x', bea)));
    expect(rest).toEqual({ ...isPage, status: 403 });
    const [, again] = /href="(\/auth\/sign-in[^"]*)"/.exec(text) ?? [];
    const asked = await browser.send(again!.replaceAll('&amp;', '&'));
    expect(new URL(asked.headers.get('location')!).searchParams.get('prompt')).toBe('login');
  });

  it('while accounts is down, and says that it may work later', async () => {
    services.answer(identifyMember, () => {
      throw refuse('unavailable', 'The service is not available.');
    });
    expect(await failed(await browser.send(await callbackOf(browser, '/', bea)))).toMatchObject({
      ...isPage,
      status: 503,
    });
  });

  it('while no session can be stored, and says that it may work later', async () => {
    await browserAt(gateway).signIn(bea); // From then on the gateway has her cached and does not ask accounts.
    const callback = await callbackOf(browser, '/', bea);
    const goOn = await nats.freeze();
    try {
      expect(await failed(await browser.send(callback))).toMatchObject({ ...isPage, status: 503 });
    } finally {
      goOn();
    }
  });

  it('for a person who signs in again and again, so that one person cannot fill the store of sessions', async () => {
    const strict = await start({ RATE_LIMIT_SIGN_INS: '2' });
    const [mine, other] = [browserAt(strict), browserAt(strict)];
    await mine.signIn(ana, '/');
    await other.signIn(ana, '/');
    const { headers, ...said } = await browserAt(strict).signIn(ana, '/');
    expect([said.status, Number(headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect((await mine.send('/api/me')).status).toBe(200);
    const another = browserAt(strict);
    await another.signIn(bea, '/');
    expect((await another.send('/api/me')).status).toBe(200);
    await strict.close();
  });

  it.each([
    ['5xx', 500],
    ['401 with a challenge, as some do to a secret that has expired', 401],
  ] as const)('while the provider answers %s', async (_, status) => {
    const issuer = await startIssuer();
    const alone = await startTestService({ nats, ...gatewayFor({ issuer: issuer.issuer }) });
    const mine = browserAt(alone);
    const asked = new URL((await mine.send('/auth/sign-in')).headers.get('location')!);
    issuer.fail(true, status);
    const callback = `/auth/callback?code=any&state=${asked.searchParams.get('state')}`;
    expect(await failed(await mine.send(callback))).toMatchObject({ ...isPage, status: 503 });
    await alone.close();
    await issuer.stop();
  });

  it("while the provider does not accept the gateway's secret, which has expired or was replaced", async () => {
    const outdated = await start({ OIDC_CLIENT_SECRET: 'earlier' });
    const mine = browserAt(outdated);
    expect(await failed(await mine.send(await callbackOf(mine)))).toMatchObject({ ...isPage, status: 503 });
    await outdated.close();
  });

  it('while the provider is down, and works as soon as it is back', async () => {
    const nowhere = await startIdentityProvider({ people: () => people, redirectUris: [`${origin}/auth/callback`] });
    await nowhere.stop();
    const alone = await startTestService({ nats, ...gatewayFor({ issuer: nowhere.issuer }) });
    expect((await browserAt(alone).send('/auth/sign-in')).status).toBe(503);
    const back = await startIdentityProvider({
      people: () => people,
      port: nowhere.port,
      redirectUris: [`${origin}/auth/callback`],
    });
    expect((await browserAt(alone).send('/auth/sign-in')).status).toBe(302);
    await alone.close();
    await back.stop();
  });

  it('without naming the cause, on a page that may load nothing', async () => {
    const answer = await browser.send('/auth/callback');
    expect(answer.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'nonce-[\w+/=]+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });
});

describe('a session', () => {
  it('works for every call, like a token', async () => {
    await browser.signIn(ana);
    expect((await browser.send('/api/licenses')).status).toBe(200);
    expect(services.requestsOf(listLicenses)).toEqual([
      { actor: { memberId, organizationId, roles: ['super_admin'] } },
    ]);
  });

  it('is ignored if there is a token: an invalid one is refused', async () => {
    await browser.signIn(ana);
    const answer = await browser.send('/api/me', { headers: { authorization: 'Bearer wrong' } });
    expect(await codeOf(answer)).toEqual([401, 'token_invalid']);
  });

  it('has a new id after each sign-in, and the old id is worthless', async () => {
    const [one, another] = [await callbackOf(browser), await callbackOf(browser)];
    await browser.send(one);
    const first = browser.cookie(cookieName)!;
    await browser.send(another);
    expect(browser.cookie(cookieName)).not.toBe(first);
    const other = browserAt(gateway);
    other.setCookie(cookieName, first);
    expect(await codeOf(await other.send('/api/me'))).toEqual([401, 'session_expired']);
  });

  it('is not replaced while it is valid: a tab that opens the sign-in goes straight to its page', async () => {
    const begin = async (query = '') => {
      const answer = await browser.send(`/auth/sign-in?return=/there${query}`);
      return new URL(answer.headers.get('location')!, origin).href;
    };
    await browser.signIn(ana);
    const id = browser.cookie(cookieName)!;
    expect([await begin(), browser.cookie(cookieName)]).toEqual([`${origin}/there`, id]);
    expect(await begin('&again=yes')).toContain(`${provider.issuer}/auth?`);
    await gateway.get(Sessions).end(id);
    expect(await begin()).toContain(`${provider.issuer}/auth?`);
  });

  it('cannot be fixed in advance: an id that was planted in the browser never becomes valid', async () => {
    const planted = 'p'.repeat(43);
    browser.setCookie(cookieName, planted);
    await browser.signIn(ana);
    const attacker = browserAt(gateway);
    attacker.setCookie(cookieName, planted);
    expect(await codeOf(await attacker.send('/api/me'))).toEqual([401, 'session_expired']);
    expect((await browser.send('/api/me')).status).toBe(200);
  });

  it.each([
    ['empty', ''],
    ['short', 'x'],
    ['of the right length', 'x'.repeat(43)],
    ['a path', '../../x'],
    ['endless', 'x'.repeat(4_000)],
  ])('is not found by a made-up id: %s', async (_, id) => {
    browser.setCookie(cookieName, id);
    expect((await browser.send('/api/me')).status).toBe(401);
  });

  it('survives the gateway and works at every other one', async () => {
    const one = await start();
    const mine = browserAt(one);
    await mine.signIn(ana);
    await one.close();
    const two = await start();
    const same = browserAt(two);
    same.setCookie(cookieName, mine.cookie(cookieName)!);
    expect((await same.send('/api/me')).status).toBe(200);
    await two.close();
  });

  it('is lost if NATS loses its store: people sign in again at the same gateway', async () => {
    const manager = await jetstreamManager(await nats.connect());
    await browser.signIn(ana);
    await manager.streams.delete('KV_SESSIONS');
    expect(await codeOf(await browser.send('/api/me'))).toEqual([401, 'session_expired']);
    await browser.signIn(ana);
    expect((await browser.send('/api/me')).status).toBe(200);

    await manager.streams.delete('KV_SESSIONS');
    const another = browserAt(gateway);
    await another.signIn(ana);
    expect((await another.send('/api/me')).status).toBe(200);

    const { csrfToken } = await sessionOf(another);
    await manager.streams.delete('KV_SESSIONS');
    const signOut = { method: 'POST', headers: { 'x-csrf-token': csrfToken } };
    expect((await another.send('/auth/sign-out', signOut)).status).toBe(200);
  });

  it('that cannot be read now has not ended: it works as soon as NATS responds again', async () => {
    await browser.signIn(ana);
    const goOn = await nats.freeze();
    try {
      expect(await codeOf(await browser.send('/api/me'))).toEqual([503, 'unavailable']);
    } finally {
      goOn();
    }
    expect((await browser.send('/api/me')).status).toBe(200);
  });

  it('ends after too long without a request', async () => {
    const impatient = await start({ SESSION_IDLE_SECONDS: '1' });
    const mine = browserAt(impatient);
    await mine.signIn(ana, '/');
    const id = mine.cookie(cookieName)!;
    // Read from the store, because a request would extend it.
    await eventually(async () => expect(await impatient.get(Sessions).find(id)).toBeUndefined());
    expect(await codeOf(await mine.send('/auth/session'))).toEqual([401, 'session_expired']);
    await impatient.close();
  });

  describe('continues', () => {
    const [hour, nine] = [3_600_000, Date.parse('2026-11-24T09:00:00.000Z')];
    let sessions: Sessions;
    let id: string;
    beforeEach(async () => {
      sessions = gateway.get(Sessions);
      id = await sessions.open({ issuer: provider.issuer, subject: ana, roles: [], signedInAt: nine }, nine);
    });

    it('for eight hours after a request, and not for one millisecond more', async () => {
      await sessions.extend((await sessions.find(id, nine + 7 * hour))!, nine + 7 * hour);
      expect((await sessions.find(id, nine + 15 * hour - 1))?.endsAt).toBe(nine + 15 * hour);
      expect(await sessions.find(id, nine + 15 * hour)).toBeUndefined();
    });

    it('with the requests of its member', async () => {
      const { now } = Date;
      await browser.signIn(ana);
      const left = async () => (await sessions.find(browser.cookie(cookieName)!))!.endsAt - Date.now();
      try {
        for (const hours of [7, 14]) {
          Date.now = () => now() + hours * hour;
          expect((await browser.send('/api/me')).status).toBe(200);
          await eventually(async () => expect(await left()).toBeGreaterThan(7 * hour));
        }
      } finally {
        Date.now = now;
      }
    });

    it('until its end while NATS stores nothing, such as with a full disk', async () => {
      const { now } = Date;
      await browser.signIn(ana);
      const { streams } = await jetstreamManager(await nats.connect());
      const { max_bytes } = (await streams.info('KV_SESSIONS')).config;
      await streams.update('KV_SESSIONS', { max_bytes: 1 });
      try {
        Date.now = () => now() + 7 * hour;
        expect((await browser.send('/api/me')).status).toBe(200);
        Date.now = () => now() + 9 * hour;
        expect(await codeOf(await browser.send('/api/me'))).toEqual([401, 'session_expired']);
      } finally {
        Date.now = now;
        await streams.update('KV_SESSIONS', { max_bytes });
      }
    });

    it('without being stored for every request', async () => {
      const found = (await sessions.find(id, nine))!;
      await sessions.extend(found, nine + 299_999);
      expect((await sessions.find(id, nine))!.revision).toBe(found.revision);
      await sessions.extend(found, nine + 300_000);
      expect((await sessions.find(id, nine))!.revision).toBeGreaterThan(found.revision);
    });

    it('when two requests extend it at once', async () => {
      const [one, other] = [(await sessions.find(id, nine))!, (await sessions.find(id, nine))!];
      await sessions.extend(one, nine + hour);
      await sessions.extend(other, nine + 2 * hour);
      expect((await sessions.find(id, nine))?.endsAt).toBe(nine + 9 * hour);
    });

    it('not if it was ended during a request', async () => {
      const found = (await sessions.find(id, nine))!;
      await sessions.end(id);
      await sessions.extend(found, nine + hour);
      expect(await sessions.find(id, nine)).toBeUndefined();
    });
  });

  it('is kept for its maximum lifetime, even if the store was created with a shorter one', async () => {
    const manager = await jetstreamManager(await nats.connect());
    const keptFor = async (seconds: number) => {
      const settings = {
        session: { idle: 1_000, absolute: seconds * 1_000 },
        replicas: 1,
        client: { id: 'tenure-console', secret: 'console' },
      } as Settings;
      await new Sessions(gateway.get(Nats), settings).find('nobody');
      return (await manager.streams.info('KV_SESSIONS')).config.max_age / 1e9;
    };
    await manager.streams.delete('KV_SESSIONS');
    expect([await keptFor(60), await keptFor(120), await keptFor(60)]).toEqual([60, 120, 120]);
    await manager.streams.delete('KV_SESSIONS');
    // The gateway creates it again: one that the next test starts would let it keep sessions for a second only.
    await gateway.get(Sessions).find('nobody');
  });

  it('ends after its maximum lifetime, however many requests come', async () => {
    const strict = await start({ SESSION_ABSOLUTE_SECONDS: '1' });
    const mine = browserAt(strict);
    await mine.signIn(ana, '/');
    await eventually(async () => expect(await codeOf(await mine.send('/api/me'))).toEqual([401, 'session_expired']));
    await strict.close();
  });

  it('ends as soon as accounts reports that its member lost a role', async () => {
    let roles: Role[] = ['super_admin'];
    services.answer(identifyMember, () => aMember(roles));
    await browser.signIn(bea);
    expect((await browser.send('/api/accounts')).status).toBe(200);
    roles = [];
    await tellChange(bea);
    await eventually(async () =>
      expect(await codeOf(await browser.send('/api/accounts'))).toEqual([401, 'session_expired']),
    );
    await browser.signIn(bea);
    expect(await codeOf(await browser.send('/api/accounts'))).toEqual([403, 'forbidden']);
  });

  it('continues when its member gains a role, and may do more immediately', async () => {
    let roles: Role[] = [];
    services.answer(identifyMember, () => aMember(roles));
    await browser.signIn(bea);
    expect((await browser.send('/api/accounts')).status).toBe(403);
    roles = ['super_admin'];
    await tellChange(bea);
    await eventually(async () => expect((await browser.send('/api/accounts')).status).toBe(200));
  });

  it('ends when its member is removed, and stays ended when they are readmitted: only later sign-ins are valid', async () => {
    const untouched = browserAt(gateway);
    services.answer(identifyMember, () => aMember(['super_admin']));
    await browser.signIn(bea);
    await untouched.signIn(bea);
    services.answer(identifyMember, () => {
      throw refuse('member_unknown');
    });
    await tellChange(bea);
    await eventually(async () =>
      expect(await codeOf(await browser.send('/api/accounts'))).toEqual([401, 'session_expired']),
    );
    const readmittedAt = new Date().toISOString();
    services.answer(identifyMember, () => ({ ...aMember(['super_admin']), readmittedAt }));
    await tellChange(bea);
    for (const session of [browser, untouched])
      await eventually(async () =>
        expect(await codeOf(await session.send('/api/accounts'))).toEqual([401, 'session_expired']),
      );
    await signInAnew(browser, bea);
    expect((await browser.send('/api/accounts')).status).toBe(200);
  });

  it('is stored so that the store reveals neither the cookie nor the person', async () => {
    await browser.signIn(ana);
    const manager = await jetstreamManager(await nats.connect());
    const { state } = await manager.streams.info('KV_SESSIONS');
    const message = await manager.streams.getMessage('KV_SESSIONS', { seq: state.last_seq });
    const all = `${message!.subject} ${Buffer.from(message!.data).toString('latin1')}`;
    expect(all).not.toContain(browser.cookie(cookieName)!);
    expect(all).not.toContain(ana);
    expect(all).not.toContain('super_admin');
  });

  it('cannot be made up by another process, for which JetStream may store anything anywhere', async () => {
    await browser.signIn(ana);
    const [id, now] = [newSessionId(), Date.now()];
    const { key, sealingKey } = storageOf(id, 'a guess');
    const session = { issuer: provider.issuer, subject: ana, roles: [], createdAt: now, lastSeenAt: now };
    const connection = await nats.connect();
    await connection.request(`$KV.SESSIONS.${key}`, seal(JSON.stringify(session), sealingKey));
    browser.setCookie(cookieName, id);
    expect(await codeOf(await browser.send('/api/me'))).toEqual([401, 'session_expired']);
  });
});

describe('signing out', () => {
  const signOut = async (headers: Record<string, string> = {}) =>
    browser.send('/auth/sign-out', {
      method: 'POST',
      headers: { 'x-csrf-token': (await sessionOf()).csrfToken, ...headers },
    });

  it('ends the session for everybody with its cookie, and redirects to sign out at the provider', async () => {
    await browser.signIn(ana);
    const id = browser.cookie(cookieName)!;
    const answer = await signOut();
    const { redirectTo } = (await answer.json()) as { redirectTo: string };
    const leadsTo = new URL(redirectTo);
    expect([answer.status, leadsTo.origin, Object.fromEntries(leadsTo.searchParams)]).toEqual([
      200,
      provider.issuer,
      { client_id: 'tenure-console', post_logout_redirect_uri: `${origin}/` },
    ]);
    expect(browser.cookie(cookieName)).toBeUndefined();
    browser.setCookie(cookieName, id);
    expect(await codeOf(await browser.send('/api/me'))).toEqual([401, 'session_expired']);
  });

  it('ends at the provider, which asks for a sign-in next time', async () => {
    await browser.signIn(ana);
    expect((await browser.visit('/auth/sign-in?return=/api/me')).text).toContain('"memberId"');
    const { redirectTo } = (await (await signOut()).json()) as { redirectTo: string };
    const page = await browser.visit(redirectTo);
    const [, action, xsrf] = /action="([^"]+)"><input type="hidden" name="xsrf" value="([^"]+)"/.exec(page.text)!;
    const back = await browser.visit(action!, {
      method: 'POST',
      body: new URLSearchParams({ xsrf: xsrf!, logout: 'yes' }),
    });
    expect(back.address).toBe(`${origin}/`);
    expect((await browser.visit('/auth/sign-in')).text).toContain('Who are you?');
  });

  it('is refused from another site', async () => {
    await browser.signIn(ana);
    expect(await codeOf(await signOut({ origin: 'https://evil.example' }))).toEqual([403, 'csrf_rejected']);
    expect((await browser.send('/api/me')).status).toBe(200);
  });

  it('takes no cookie from a browser that sent none, as with a form of another site', async () => {
    const answer = await browser.send('/auth/sign-out', {
      method: 'POST',
      headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    });
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, []]);
  });

  it('succeeds for somebody who is not signed in', async () => {
    const answer = await browser.send('/auth/sign-out', { method: 'POST' });
    expect(answer.status).toBe(200);
  });

  it('does not happen by opening its address', async () =>
    expect((await browser.send('/auth/sign-out')).status).toBe(404));
});

describe('signing out everywhere', () => {
  let signedOutAt: string | undefined;
  let two: TestService;
  beforeAll(async () => {
    two = await start();
  });
  afterAll(async () => {
    forget();
    await two.close();
  });
  /** Clears what the gateways have cached of the person from the previous case. */
  const forget = () => {
    for (const each of [gateway, two]) each.get(Members).forget({ issuer: provider.issuer, subject: bea });
  };
  beforeEach(() => {
    signedOutAt = undefined;
    forget();
    services.answer(identifyMember, () => ({ ...aMember(['super_admin']), ...(signedOutAt && { signedOutAt }) }));
    services.answer(signOutEverywhere, () => ({ name: 'Bea', signedOutAt: (signedOutAt = new Date().toISOString()) }));
  });
  const signOut = async (headers: Record<string, string> = {}) =>
    browser.send('/auth/sign-out-everywhere', {
      method: 'POST',
      headers: { 'x-csrf-token': (await sessionOf()).csrfToken, ...headers },
    });

  it('ends all sessions and tokens of the person at every gateway, and redirects to sign out at the provider', async () => {
    const elsewhere = browserAt(two);
    for (const one of [browser, elsewhere]) await one.signIn(bea);
    const id = browser.cookie(cookieName)!;
    expect((await elsewhere.send('/api/me')).status).toBe(200);

    const answer = await signOut();
    expect(answer.status).toBe(200);
    const { redirectTo } = (await answer.json()) as { redirectTo: string };
    expect(new URL(redirectTo).origin).toBe(provider.issuer);
    expect(services.requestsOf(signOutEverywhere)).toEqual([{ issuer: provider.issuer, subject: bea }]);
    expect(browser.cookie(cookieName)).toBeUndefined();
    browser.setCookie(cookieName, id);
    expect(await codeOf(await browser.send('/api/me'))).toEqual([401, 'session_expired']);
    await tellChange(bea);
    await eventually(async () =>
      expect(await codeOf(await elsewhere.send('/api/me'))).toEqual([401, 'session_expired']),
    );
  });

  it('ends this session even if the gateway stops before deleting it: the stored time counts', async () => {
    await browser.signIn(bea);
    signedOutAt = new Date().toISOString();
    await tellChange(bea);
    await eventually(async () => expect(await codeOf(await browser.send('/api/me'))).toEqual([401, 'session_expired']));
  });

  it('refuses a sign-in with an earlier session at the provider until the person authenticates there again', async () => {
    await browser.signIn(bea, '/there');
    signedOutAt = new Date().toISOString();
    await tellChange(bea);
    await eventually(async () => expect(await codeOf(await browser.send('/api/me'))).toEqual([401, 'session_expired']));
    const shown = await browser.visit('/auth/sign-in?return=/there');
    expect([shown.status, await codeOf(await browser.send('/api/me'))]).toEqual([403, [401, 'session_expired']]);
    expect(shown.text).toContain('You were signed out everywhere. Sign in again to continue.');
    expect(shown.text).toContain('href="/auth/sign-in?return=%2Fthere&amp;again=yes"');
    await signInAnew(browser, bea);
    expect((await browser.send('/api/me')).status).toBe(200);
  });

  it.each([
    [
      'lets in who authenticated since, although the clock of the provider is behind',
      { iat: -300, auth_time: -300 },
      200,
    ],
    ['lets in who authenticated since, also before the provider says', { iat: 55, auth_time: 55, nbf: 55 }, 200],
    [
      'says that signing in is not possible now if the clocks differ by more than a minute',
      { iat: 90, auth_time: 90, nbf: 90 },
      503,
    ],
    ['lets in nobody who authenticated before, although its clock is ahead', { iat: 300, auth_time: 180 }, 403],
  ])('%s', async (_, times, status) => {
    const issuer = await startIssuer();
    const alone = await startTestService({ nats, ...gatewayFor({ issuer: issuer.issuer }) });
    const mine = browserAt(alone);
    const asked = new URL((await mine.send('/auth/sign-in?return=/auth/session')).headers.get('location')!);
    const [state, nonce] = ['state', 'nonce'].map((name) => asked.searchParams.get(name));
    const now = Math.floor(Date.now() / 1_000);
    signedOutAt = new Date((now - 60) * 1_000).toISOString();
    const told = Object.fromEntries(Object.entries(times).map(([claim, seconds]) => [claim, now + seconds]));
    const id_token = await issuer.token(bea, { aud: 'tenure-console', nonce, ...told });
    issuer.answerInstead(JSON.stringify({ access_token: 'any', token_type: 'bearer', id_token }));
    expect((await mine.visit(`/auth/callback?code=any&state=${state}`)).status).toBe(status);
    await alone.close();
    await issuer.stop();
  });

  it('needs a session and one of our own pages', async () => {
    await browser.signIn(bea);
    expect(await codeOf(await signOut({ origin: 'https://evil.example' }))).toEqual([403, 'csrf_rejected']);
    const nobody = await browserAt(gateway).send('/auth/sign-out-everywhere', { method: 'POST' });
    expect(await codeOf(nobody)).toEqual([401, 'unauthenticated']);
    expect(services.requestsOf(signOutEverywhere)).toEqual([]);
  });
});

describe('a change with a session', () => {
  const apply = (headers: Record<string, string | undefined>) =>
    browser.send('/api/applications', {
      method: 'POST',
      body: JSON.stringify(newAccount),
      headers: {
        'content-type': 'application/json',
        'idempotency-key': 'one',
        ...(headers as Record<string, string>),
      },
    });

  it('is accepted from one of our pages with the token of its session', async () => {
    await browser.signIn(ana);
    const { csrfToken } = await sessionOf();
    expect((await apply({ 'x-csrf-token': csrfToken })).status).toBe(201);
  });

  it.each<[string, (right: string, foreign: string) => Record<string, string>]>([
    ['without the token', () => ({})],
    ['with an empty token', () => ({ 'x-csrf-token': '' })],
    ['with a made-up token', () => ({ 'x-csrf-token': 'x'.repeat(43) })],
    ["with another session's token", (_, foreign) => ({ 'x-csrf-token': foreign })],
    ['from another origin', (right) => ({ 'x-csrf-token': right, origin: 'https://evil.example' })],
    ['from another port', (right) => ({ 'x-csrf-token': right, origin: 'http://localhost:7301' })],
    ['from no origin', (right) => ({ 'x-csrf-token': right, origin: 'null' })],
    ['from a sibling site', (right) => ({ 'x-csrf-token': right, 'sec-fetch-site': 'same-site' })],
    ['from another site', (right) => ({ 'x-csrf-token': right, 'sec-fetch-site': 'cross-site' })],
  ])('is refused %s, before its input is read', async (_, headers) => {
    const other = browserAt(gateway);
    await other.signIn(bea);
    const foreign = (await sessionOf(other)).csrfToken;
    await browser.signIn(ana);
    const { csrfToken } = await sessionOf();
    expect(await codeOf(await apply(headers(csrfToken, foreign)))).toEqual([403, 'csrf_rejected']);
    expect(services.requestsOf(submitApplication)).toEqual([]);
  });

  it.each<[string, Record<string, string>, number, string?]>([
    ['is refused without headers about its origin', {}, 403, 'csrf_rejected'],
    ['is accepted with the header Origin alone', { origin }, 201],
    ['is accepted with the header Sec-Fetch-Site alone', { 'sec-fetch-site': 'same-origin' }, 201],
  ])('%s', async (_, from, ...expected) => {
    await browser.signIn(ana);
    const { csrfToken } = await sessionOf();
    const { status, problem } = await call(gateway.url!, 'POST /api/applications', {
      body: newAccount,
      key: 'one',
      headers: { cookie: `${cookieName}=${browser.cookie(cookieName)}`, 'x-csrf-token': csrfToken, ...from },
    });
    expect([status, problem.code].slice(0, expected.length)).toEqual(expected);
  });

  it('needs none of this with a bearer token, which no browser sends automatically', async () => {
    const own = await start({ OIDC_AUDIENCE: provider.audience });
    const token = await provider.token(ana);
    expect((await call(own.url!, 'POST /api/applications', { body: newAccount, key: 'one', token })).status).toBe(201);
    await own.close();
  });
});

const tellChange = (subject: string) =>
  tell(nats, memberChanged, { data: { memberId, issuer: provider.issuer, subject } });
