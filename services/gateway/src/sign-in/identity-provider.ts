import { refuse } from '@tenure/contracts';
import { toleratedSeconds } from '@tenure/platform/messaging';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  clockTolerance,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
} from 'openid-client';
import { authenticatedAt } from '../domain/session.js';
import { isThisMachine } from '../domain/over-tls.js';
import { kept } from '../kept.js';
import type { Identity } from './access-tokens.js';

export interface ProviderClient {
  issuer: string;
  id: string;
  secret: string;
  /** The console's origin; sign-ins return to `/auth/callback` there. */
  origin: string;
}

/** What a callback has to match. Only the browser that started the sign-in keeps it. */
export interface Challenge {
  state: string;
  nonce: string;
  verifier: string;
}

/** A person who comes back from the provider. */
export interface SignedIn extends Identity {
  /** By our clock, in milliseconds since 1970; now if the provider does not send `auth_time`. */
  signedInAt: number;
}

/** Timeout of one request to the provider, in seconds. */
const timeoutSeconds = 5;
/** How old a session at the provider may be, in seconds. Sending `max_age` also makes the provider return `auth_time`. */
const knownForAYear = 365 * 86_400;

/** Signs people in by OpenID Connect: authorization code flow with PKCE. No token of the provider is stored. */
export class IdentityProvider {
  readonly #known = kept(() => this.#discover());

  constructor(private readonly client: ProviderClient) {}

  /**
   * The address of the provider's sign-in page, and what its callback has to match.
   * @param again whether the person has to sign in even if the provider still has a session for them
   * @throws unavailable
   */
  async begin({ again }: { again: boolean }): Promise<{ address: URL; challenge: Challenge }> {
    const challenge = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
    const address = buildAuthorizationUrl(await this.#known(), {
      redirect_uri: `${this.client.origin}/auth/callback`,
      scope: 'openid',
      state: challenge.state,
      nonce: challenge.nonce,
      code_challenge: await calculatePKCECodeChallenge(challenge.verifier),
      code_challenge_method: 'S256',
      max_age: String(knownForAYear),
      ...(again && { prompt: 'login' }),
    });
    return { address, challenge };
  }

  /**
   * Exchanges the code for an ID token, which says who signed in at the provider and when.
   * @param query the callback's query string, as it was sent
   * @throws the errors of openid-client about the answer; unavailable
   */
  async finish(query: string, { state, nonce, verifier }: Challenge): Promise<SignedIn> {
    const configuration = await this.#known();
    const callback = new URL(`${this.client.origin}/auth/callback${query}`);
    const askedAt = Date.now();
    const tokens = await authorizationCodeGrant(configuration, callback, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) throw new Error('The provider sent no ID token.');
    const { sub: subject, auth_time: authenticated, iat: issued } = claims;
    const signedInAt = authenticated === undefined ? Date.now() : authenticatedAt({ authenticated, issued }, askedAt);
    return { issuer: this.client.issuer, subject, signedInAt };
  }

  /**
   * The provider's sign-out page, which returns to the console; the console itself if the provider has no such page or
   * is unreachable. The address has no ID token, which would reach the browser, so the provider uses its own session.
   */
  async signOutAddress(): Promise<string> {
    const { origin, id } = this.client;
    try {
      const configuration = await this.#known();
      if (configuration.serverMetadata().end_session_endpoint === undefined) return '/';
      return buildEndSessionUrl(configuration, { client_id: id, post_logout_redirect_uri: `${origin}/` }).href;
    } catch {
      return '/';
    }
  }

  async #discover(): Promise<Configuration> {
    const { issuer, id, secret } = this.client;
    try {
      const execute = isThisMachine(new URL(issuer)) ? [allowInsecureRequests] : [];
      const client = { client_secret: secret, [clockTolerance]: toleratedSeconds };
      const configuration = await discovery(new URL(issuer), id, client, undefined, {
        execute,
        timeout: timeoutSeconds,
      });
      const { issuer: says } = configuration.serverMetadata();
      if (says !== issuer) throw new Error(`${issuer} describes the issuer ${says}.`);
      return configuration;
    } catch (error) {
      throw Object.assign(refuse('unavailable', 'The identity provider is not available.'), { cause: error });
    }
  }
}
