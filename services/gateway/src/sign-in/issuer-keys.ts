import { Logger } from '@nestjs/common';
import type { ReadinessCheck } from '@tenure/platform/messaging';
import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { isOverTls } from '../domain/over-tls.js';
import { isRecent } from '../domain/recent.js';
import { kept } from '../kept.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Keys are read again when this has passed: one that the issuer has taken back counts no longer. */
const READ_AGAIN = 10 * MINUTE;
/** So long known keys count when they cannot be read again: a provider that is away does not stop programs that have tokens. */
const TRUSTED = 24 * 60 * MINUTE;
/** So often, at the most, the keys are read again for a key that is not among them: everybody can name one. */
const NEW_KEY = 30 * SECOND;
/** So often, at the most, an issuer that does not answer is asked. */
const PAUSE = 5 * SECOND;
const PATIENCE = 5 * SECOND;

const discovered = z.object({ issuer: z.string(), jwks_uri: z.url().refine(isOverTls) });
const keySet = z.looseObject({ keys: z.array(z.looseObject({})) });

/** Whose keys they are, and where, if that is not to be found by discovery. */
export interface Issuer {
  issuer: string;
  jwksUrl?: string | undefined;
}

/** The public keys by which an issuer's tokens are checked; read when the first token comes. */
export class IssuerKeys {
  readonly #log = new Logger(IssuerKeys.name);
  readonly #keys = kept(() => this.#find());
  #readAt: number | undefined;
  #failed: { at: number; error: unknown } | undefined;

  constructor(private readonly issuer: Issuer) {}

  /** The key of a token. @throws JWKSNoMatchingKey; whatever keeps the keys from being read */
  readonly get: JWTVerifyGetKey = async (header, token) => {
    const keys = await this.#keys();
    if (this.#readAt !== undefined && !isRecent(this.#readAt, READ_AGAIN, Date.now()))
      void keys.reload().catch(() => undefined);
    return keys(header, token);
  };

  /** No reason against being ready: sessions need no keys, nor do tokens whose keys are known. */
  readonly readiness: ReadinessCheck = {
    name: 'identity provider',
    check: () => {
      if (this.#failed === undefined) return;
      if (this.#readAt === undefined) return 'its keys cannot be read, so no access token can be checked';
      const until = new Date(this.#readAt + TRUSTED).toISOString();
      return `its keys cannot be read; those that are known are trusted until ${until}`;
    },
  };

  async #find() {
    return createRemoteJWKSet(new URL(this.issuer.jwksUrl ?? (await this.#ask(() => this.#discover()))), {
      cacheMaxAge: TRUSTED,
      cooldownDuration: NEW_KEY,
      timeoutDuration: PATIENCE,
      [customFetch]: (address, options) =>
        this.#ask(async () => {
          // Read here: what is no set of keys, as the page of a proxy in between, has to count as a failure.
          const read = keySet.parse(await (await answered(address, options)).json());
          this.#readAt = Date.now();
          return Response.json(read);
        }),
    });
  }

  async #discover(): Promise<string> {
    const { issuer } = this.issuer;
    const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const response = await answered(address, { signal: AbortSignal.timeout(PATIENCE), redirect: 'error' });
    const configuration = discovered.parse(await response.json());
    if (configuration.issuer !== issuer) throw new Error(`${address} speaks for ${configuration.issuer}.`);
    return configuration.jwks_uri;
  }

  /** Asks the issuer, unless it has just failed. */
  async #ask<T>(ask: () => Promise<T>): Promise<T> {
    if (this.#failed !== undefined && isRecent(this.#failed.at, PAUSE, Date.now())) throw this.#failed.error;
    try {
      const answer = await ask();
      if (this.#failed !== undefined) this.#log.log('The keys of the identity provider can be read again.');
      this.#failed = undefined;
      return answer;
    } catch (error) {
      if (this.#failed === undefined)
        this.#log.error(`The keys of the identity provider cannot be read: ${String(error)}`);
      this.#failed = { at: Date.now(), error };
      throw error;
    }
  }
}

async function answered(address: string, options: RequestInit): Promise<Response> {
  const response = await fetch(address, options);
  if (!response.ok) throw new Error(`${address} answers ${response.status}.`);
  return response;
}
