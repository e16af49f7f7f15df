import { Logger } from '@nestjs/common';
import type { ReadinessCheck } from '@tenure/platform/messaging';
import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { isOverTls } from '../domain/over-tls.js';
import { isRecent } from '../domain/recent.js';
import { kept } from '../kept.js';
import { withCauses } from './with-causes.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Keys are reloaded after this time, so that a key that the issuer has withdrawn is no longer accepted. */
const RELOAD_AFTER = 10 * MINUTE;
/**
 * How long known keys are trusted if they cannot be reloaded: programs with tokens keep working while the provider is
 * down.
 */
const TRUSTED_FOR = 24 * 60 * MINUTE;
/** Minimum time between reloads for an unknown key: anybody can send a token that names one. */
const UNKNOWN_KEY_COOLDOWN = 30 * SECOND;
/** Minimum time between requests to an issuer that does not respond. */
const FAILURE_COOLDOWN = 5 * SECOND;
const TIMEOUT = 5 * SECOND;

const discovered = z.object({ issuer: z.string(), jwks_uri: z.url().refine(isOverTls) });
const keySet = z.looseObject({ keys: z.array(z.looseObject({})) });

/** The issuer, and the address of its keys unless discovery finds it. */
export interface Issuer {
  issuer: string;
  jwksUrl?: string | undefined;
}

/** The public keys with which an issuer's tokens are checked; loaded when the first token arrives. */
export class IssuerKeys {
  readonly #log = new Logger(IssuerKeys.name);
  readonly #keys = kept(() => this.#find());
  #readAt: number | undefined;
  #failed: { at: number; error: unknown } | undefined;

  constructor(private readonly issuer: Issuer) {}

  /** The key of a token. @throws JWKSNoMatchingKey; the error because of which the keys cannot be loaded */
  readonly get: JWTVerifyGetKey = async (header, token) => {
    const keys = await this.#keys();
    if (this.#readAt !== undefined && !isRecent(this.#readAt, RELOAD_AFTER, Date.now()))
      void keys.reload().catch(() => undefined);
    return keys(header, token);
  };

  /**
   * Reported, but the gateway stays ready: sessions need no keys, and tokens signed with known keys are still accepted.
   */
  readonly readiness: ReadinessCheck = {
    name: 'identity provider',
    check: () => {
      if (this.#failed === undefined) return;
      if (this.#readAt === undefined) return 'its keys cannot be read, so no access token can be checked';
      const until = new Date(this.#readAt + TRUSTED_FOR).toISOString();
      return `its keys cannot be read; those that are known are trusted until ${until}`;
    },
  };

  async #find() {
    return createRemoteJWKSet(new URL(this.issuer.jwksUrl ?? (await this.#ask(() => this.#discover()))), {
      cacheMaxAge: TRUSTED_FOR,
      cooldownDuration: UNKNOWN_KEY_COOLDOWN,
      timeoutDuration: TIMEOUT,
      [customFetch]: (address, options) =>
        this.#ask(async () => {
          // Parsed here, so that an answer that is no set of keys, such as a proxy's page, counts as a failure.
          const read = keySet.parse(await (await answered(address, options)).json());
          this.#readAt = Date.now();
          return Response.json(read);
        }),
    });
  }

  async #discover(): Promise<string> {
    const { issuer } = this.issuer;
    const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const response = await answered(address, { signal: AbortSignal.timeout(TIMEOUT), redirect: 'error' });
    const configuration = discovered.parse(await response.json());
    if (configuration.issuer !== issuer) throw new Error(`${address} describes the issuer ${configuration.issuer}.`);
    return configuration.jwks_uri;
  }

  /** Sends a request to the issuer, unless one has failed within the last few seconds. */
  async #ask<T>(ask: () => Promise<T>): Promise<T> {
    if (this.#failed !== undefined && isRecent(this.#failed.at, FAILURE_COOLDOWN, Date.now())) throw this.#failed.error;
    try {
      const answer = await ask();
      if (this.#failed !== undefined) this.#log.log('The keys of the identity provider can be read again.');
      this.#failed = undefined;
      return answer;
    } catch (error) {
      if (this.#failed === undefined)
        this.#log.error(`The keys of the identity provider cannot be read: ${withCauses(error)}`);
      this.#failed = { at: Date.now(), error };
      throw error;
    }
  }
}

async function answered(address: string, options: RequestInit): Promise<Response> {
  const response = await fetch(address, options);
  if (!response.ok) throw new Error(`${address} answered ${response.status}.`);
  return response;
}
