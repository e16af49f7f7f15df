import { createPublicKey, createHash, randomBytes, verify, type JsonWebKey } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startIdentityProvider, type IdentityProvider } from './identity-provider.js';
import type { Person } from './person.js';

const sofia: Person = {
  signIn: 'sofia@solar-partner.example',
  name: 'Sofía Núñez',
  language: 'es',
  description: 'SuperAdmin',
  organization: 'Solar & Co',
};
const tenure = 'http://localhost:7300/';
const callback = `${tenure}auth/callback`;
const secrets = { console: 'console-secret', terminal: 'terminal-secret' };
let people: Person[];
let provider: IdentityProvider;

beforeAll(async () => {
  people = [sofia];
  provider = await startIdentityProvider({ people: () => people, redirectUris: [callback], secrets });
});
afterAll(() => provider.stop());

const parts = (token: string) =>
  token
    .split('.')
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>);

describe('a token from the terminal', () => {
  it('is a JWT for the API, signed by the published key, and says only who signed in', async () => {
    const token = await provider.token(sofia.signIn);
    const [header, claims] = parts(token);
    expect(header).toMatchObject({ alg: 'RS256', typ: 'at+jwt' });
    expect(claims).toMatchObject({ iss: provider.issuer, sub: sofia.signIn, aud: 'https://api.tenure.example' });
    expect((claims!.exp as number) - (claims!.iat as number)).toBe(3600);
    const discovery = (await (await fetch(`${provider.issuer}/.well-known/openid-configuration`)).json()) as {
      jwks_uri: string;
    };
    const { keys } = (await (await fetch(discovery.jwks_uri)).json()) as { keys: JsonWebKey[] };
    const [head, body, signature] = token.split('.');
    const key = createPublicKey({ key: keys[0]!, format: 'jwk' });
    expect(verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature!, 'base64url'))).toBe(true);
  });

  it('is refused to a stranger', () =>
    expect(provider.token('mallory@elsewhere.example')).rejects.toThrow(
      'mallory@elsewhere.example: nobody has this sign-in',
    ));

  it('is available to a person who was added while it runs', async () => {
    people = [sofia, { signIn: 'new@solar-partner.example', name: 'New', language: 'en' }];
    expect(parts(await provider.token('new@solar-partner.example'))[1]).toMatchObject({
      sub: 'new@solar-partner.example',
    });
  });

  it('needs the client’s secret', async () => {
    const grant_type = 'urn:tenure:grant-type:sign-in';
    const answer = await fetch(`${provider.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('tenure-terminal:wrong').toString('base64')}` },
      body: new URLSearchParams({ grant_type, sign_in: sofia.signIn }),
    });
    expect([answer.status, await answer.json()]).toMatchObject([401, { error: 'invalid_client' }]);
  });
});

describe('the key', () => {
  it('is the same after a restart', async () => {
    const dataFolder = mkdtempSync(path.join(tmpdir(), 'identity-provider-'));
    const kids: unknown[] = [];
    for (let start = 0; start < 2; start++) {
      const other = await startIdentityProvider({ people: () => people, dataFolder });
      kids.push(parts(await other.token(sofia.signIn))[0]!.kid);
      await other.stop();
    }
    expect(kids[0]).toBe(kids[1]);
    rmSync(dataFolder, { recursive: true });
  });
});

describe('a sign-in in the browser', () => {
  /** Follows redirects within the provider as a browser would, with its cookies. */
  function browser() {
    const cookies = new Map<string, string>();
    return async (url: string, init: RequestInit = {}): Promise<{ url: string; text: string }> => {
      for (let hop = 0; hop < 10; hop++) {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
        const answer = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } });
        for (const line of answer.headers.getSetCookie()) {
          const [name, value] = line.split(';')[0]!.split('=') as [string, string];
          cookies.set(name, value);
        }
        const location = answer.headers.get('location');
        if (!location) return { url, text: await answer.text() };
        [url, init] = [new URL(location, url).href, {}];
        if (url.startsWith(tenure)) return { url, text: '' };
      }
      throw new Error('too many redirects');
    };
  }

  it('is a click on a person, with PKCE, and gives an ID token and an access token for the API', async () => {
    const open = browser();
    const verifier = randomBytes(32).toString('base64url');
    const query = new URLSearchParams({
      client_id: 'tenure-console',
      response_type: 'code',
      redirect_uri: callback,
      scope: 'openid profile email',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      state: 'abc',
    });
    const page = await open(`${provider.issuer}/auth?${query.toString()}`);
    expect(page.text).toContain('Sofía Núñez');
    expect(page.text).toContain('>Solar &amp; Co</h2>');
    expect(page.text).toContain('SuperAdmin · Spanish · sofia@solar-partner.example');
    expect(page.text).not.toMatch(/<script|https?:/);
    const returned = await open(page.url, { method: 'POST', body: new URLSearchParams({ sign_in: sofia.signIn }) });
    const code = new URL(returned.url).searchParams.get('code');
    const answer = await fetch(`${provider.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`tenure-console:${secrets.console}`).toString('base64')}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: code!,
        redirect_uri: callback,
        code_verifier: verifier,
      }),
    });
    const tokens = (await answer.json()) as { access_token: string; id_token: string };
    expect(parts(tokens.id_token)[1]).toMatchObject({ sub: sofia.signIn, aud: 'tenure-console' });
    expect(parts(tokens.access_token)[1]).toMatchObject({ sub: sofia.signIn, aud: 'https://api.tenure.example' });
  });

  it('that an earlier click used up leads to Tenure, which starts another', async () => {
    const open = browser();
    const query = new URLSearchParams({
      ...{ client_id: 'tenure-console', response_type: 'code', redirect_uri: callback, scope: 'openid' },
      ...{ code_challenge: randomBytes(32).toString('base64url'), code_challenge_method: 'S256' },
    });
    const page = await open(`${provider.issuer}/auth?${query.toString()}`);
    const click = () => open(page.url, { method: 'POST', body: new URLSearchParams({ sign_in: sofia.signIn }) });
    expect((await click()).url).toContain(`${callback}?code=`);
    expect((await click()).url).toBe(tenure);
    expect((await open(page.url)).url).toBe(tenure);
  });

  it('to an address that is not the console’s is refused on an error page', async () => {
    const query = new URLSearchParams({
      client_id: 'tenure-console',
      response_type: 'code',
      redirect_uri: 'https://evil.example/<script>',
      scope: 'openid',
    });
    const { url, text } = await browser()(`${provider.issuer}/auth?${query.toString()}`);
    expect(url.startsWith(provider.issuer)).toBe(true);
    expect(text).toContain('This did not work');
    expect(text).not.toMatch(/<script|https?:/);
  });

  it('without PKCE is refused', async () => {
    const query = new URLSearchParams({
      client_id: 'tenure-console',
      response_type: 'code',
      redirect_uri: callback,
      scope: 'openid',
    });
    const { url } = await browser()(`${provider.issuer}/auth?${query.toString()}`);
    expect(new URL(url).searchParams.get('error')).toBe('invalid_request');
  });
});
