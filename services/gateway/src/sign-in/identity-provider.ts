import { refuse } from '@tenure/contracts';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
} from 'openid-client';
import { isThisMachine } from '../domain/over-tls.js';
import { kept } from '../kept.js';
import type { Identity } from './access-tokens.js';

export interface ProviderClient {
  issuer: string;
  id: string;
  secret: string;
  /** Where the console is opened: sign-ins return to `/auth/callback` there. */
  origin: string;
}

/** What a callback has to match; kept by the browser that began the sign-in, and by nobody else. */
export interface Challenge {
  state: string;
  nonce: string;
  verifier: string;
}

/** A person who comes back from the provider. */
export interface SignedIn extends Identity {
  /** In milliseconds since 1970; now, where the provider does not say when it was. */
  signedInAt: number;
}

/** Seconds that one request to the provider may take. */
const patience = 5;
/** So long, in seconds, the provider may know somebody already. Asked for that, it says when they told it who they are. */
const knownForAYear = 365 * 86_400;

/** Signs people in by OpenID Connect: authorization code flow with PKCE. No token of the provider is kept. */
export class IdentityProvider {
  readonly #known = kept(() => this.#discover());

  constructor(private readonly client: ProviderClient) {}

  /**
   * The provider's page, with what its answer has to match.
   * @param again whether the person is asked who they are although the provider knows it
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
   * Who signed in, and when they said so to the provider, by the ID token that it gives for the code.
   * @param query of the callback, as it was sent
   * @throws what openid-client finds wrong with the answer; unavailable
   */
  async finish(query: string, { state, nonce, verifier }: Challenge): Promise<SignedIn> {
    const configuration = await this.#known();
    const callback = new URL(`${this.client.origin}/auth/callback${query}`);
    const tokens = await authorizationCodeGrant(configuration, callback, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) throw new Error('The provider gave no ID token.');
    const { sub: subject, auth_time: seconds } = claims;
    return { issuer: this.client.issuer, subject, signedInAt: seconds === undefined ? Date.now() : seconds * 1_000 };
  }

  /**
   * Where the person signs out at the provider as well, and comes back to the console; the console itself where the
   * provider has no such page, or is out of reach. The provider asks whom it knows: an ID token would reach the browser.
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
      const configuration = await discovery(new URL(issuer), id, secret, undefined, { execute, timeout: patience });
      const { issuer: says } = configuration.serverMetadata();
      if (says !== issuer) throw new Error(`${issuer} speaks for ${says}.`);
      return configuration;
    } catch (error) {
      throw Object.assign(refuse('unavailable', 'The identity provider is not available.'), { cause: error });
    }
  }
}
