import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';

export const audience = 'urn:tenure:api';

/** An OpenID issuer whose keys the spec holds, so that it can create tokens that no provider would issue. */
export async function startIssuer() {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const forged = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  /** The names under which the single key is published; `kid` is the name in new tokens. */
  const published = new Set(['one']);
  let kid = 'one';
  let failure: 500 | 401 | undefined;
  let instead: string | undefined;
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    response.statusCode = failure ?? 200;
    if (failure === 401) response.setHeader('www-authenticate', 'Basic realm="issuer"');
    response.setHeader('content-type', 'application/json');
    const isDiscovery = request.url === '/.well-known/openid-configuration';
    const keys = [...published].map((name) => ({ ...jwk, kid: name }));
    const [jwks_uri, authorization_endpoint, token_endpoint] = ['keys', 'authorize', 'token'].map(
      (path) => `${issuer}/${path}`,
    );
    if (isDiscovery) response.end(JSON.stringify({ issuer, jwks_uri, authorization_endpoint, token_endpoint }));
    else response.end(instead ?? JSON.stringify({ keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  /** A token with the given claims, valid in everything else. */
  const token = (claims: JWTPayload, key = privateKey) =>
    new SignJWT({ iss: issuer, aud: audience, exp: Math.floor(Date.now() / 1000) + 86_400, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid, typ: 'at+jwt' })
      .sign(key);

  return {
    issuer,
    jwk,
    token: (subject: string, claims: JWTPayload = {}) => token({ sub: subject, ...claims }),
    /** A token with valid claims, signed with another key under the same name. */
    forged: (subject: string) => token({ sub: subject }, forged.privateKey),
    /** From now on tokens name this key. */
    sign(name: string, { published: isPublished = true } = {}): void {
      kid = name;
      if (isPublished) published.add(name);
    },
    unpublish: (name: string) => published.delete(name),
    /** Whether it answers every request with this status; 401 comes with a challenge. */
    fail: (whether: boolean, status: 500 | 401 = 500) => void (failure = whether ? status : undefined),
    /** The body that it answers, with 200, instead of its keys. */
    answerInstead: (body: string | undefined) => void (instead = body),
    /** How many requests it has received. */
    get asked() {
      return asked;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
export type Issuer = Awaited<ReturnType<typeof startIssuer>>;

/** A token with the algorithm `none`. */
export function unsigned(claims: JWTPayload): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims)}.`;
}
