import { Injectable } from '@nestjs/common';
import { taskQueue } from '@tenure/contracts';
import { readConfiguration } from '@tenure/platform';
import { z } from 'zod';

const onOrOff = z.enum(['on', 'off']).default('off');

/** The gateway's environment variables, besides those of the platform (NATS_…, HEALTH_PORT, LOG_LEVEL). */
const settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  /** Whose tokens are accepted, and for whom they must have been issued. */
  OIDC_ISSUER: z.url(),
  OIDC_AUDIENCE: z.string().min(1),
  /** Where the issuer's keys are; found by OpenID Connect discovery if left out. */
  OIDC_JWKS_URL: z.url().optional(),
  TEMPORAL_ADDRESS: z.string().min(1),
  TEMPORAL_NAMESPACE: z.string().min(1).default('tenure'),
  TEMPORAL_TASK_QUEUE: z.string().min(1).default(taskQueue),
  /** Lets people move an account's clock. Never in production. */
  SANDBOX: onOrOff,
  /** How many proxies in front of the gateway are trusted to say where a request comes from. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  /** Requests a minute of one member, and from one address. */
  RATE_LIMIT_MEMBER: z.coerce.number().int().min(1).default(1_200),
  RATE_LIMIT_ADDRESS: z.coerce.number().int().min(1).default(6_000),
  /** How long a move of a clock waits at each stop until what is due there is settled. */
  CLOCK_PATIENCE_SECONDS: z.coerce.number().int().min(1).max(600).default(60),
});

/** The gateway's configuration, read when it is wired. */
@Injectable()
export class Settings {
  readonly #values = readConfiguration(settings);

  readonly port = this.#values.PORT;
  readonly signIn = {
    issuer: this.#values.OIDC_ISSUER,
    audience: this.#values.OIDC_AUDIENCE,
    jwksUrl: this.#values.OIDC_JWKS_URL,
  };
  readonly temporal = {
    address: this.#values.TEMPORAL_ADDRESS,
    namespace: this.#values.TEMPORAL_NAMESPACE,
    taskQueue: this.#values.TEMPORAL_TASK_QUEUE,
  };
  readonly sandbox = this.#values.SANDBOX === 'on';
  readonly trustedProxies = this.#values.TRUSTED_PROXIES;
  readonly perMinute = { member: this.#values.RATE_LIMIT_MEMBER, address: this.#values.RATE_LIMIT_ADDRESS };
  readonly clockPatience = this.#values.CLOCK_PATIENCE_SECONDS * 1000;
}
