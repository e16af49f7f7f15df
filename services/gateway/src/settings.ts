import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';
import { taskQueue } from '@tenure/contracts';
import { processSettings, readConfiguration } from '@tenure/platform/messaging';
import { readTemporal, temporalVariables } from '@tenure/platform/temporal';
import { z } from 'zod';
import { isOverTls } from './domain/over-tls.js';

/** Https, except on the local machine: anybody in between could steal a session or replace an issuer's keys. */
const overTls = z.url().refine(isOverTls, 'it has to start with https://');

const onOrOff = z.enum(['on', 'off']).default('off');

/** The gateway's environment variables, besides those of the platform (NATS_…, HEALTH_PORT, LOG_LEVEL). */
const own = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  /** The accepted tokens' issuer and audience. */
  OIDC_ISSUER: overTls,
  OIDC_AUDIENCE: z.string().min(1),
  /** The address of the issuer's keys; found by OpenID Connect discovery if left out. */
  OIDC_JWKS_URL: overTls.optional(),
  /** The console's client at the issuer, for the authorization code flow. */
  OIDC_CLIENT_ID: z.string().min(1),
  OIDC_CLIENT_SECRET: z.string().min(1),
  /** Where people open the console; `http://localhost:<PORT>` if left out. */
  PUBLIC_URL: overTls.optional(),
  /** The folder of the built console; next to the gateway if left out, where it may also be built later. */
  CONSOLE_FOLDER: z
    .string()
    .refine((folder) => existsSync(path.join(folder, 'index.html')), 'this folder has no index.html')
    .default(fileURLToPath(new URL('../../console/dist', import.meta.url))),
  /** How long a session lasts without a request, and at most. */
  SESSION_IDLE_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .default(8 * 3_600),
  SESSION_ABSOLUTE_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .default(24 * 3_600),
  /** Replicas of the bucket of sessions, as of the event stream: three in production. */
  EVENTS_REPLICAS: z.coerce.number().int().min(1).max(5).default(1),
  ...temporalVariables,
  TEMPORAL_TASK_QUEUE: z.string().min(1).default(taskQueue),
  /** Allows moving an account's clock. Never on in production. */
  SANDBOX: onOrOff,
  /** How many proxies in front of the gateway are trusted to report a request's address. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  /** Requests per minute of one member and from one address. */
  RATE_LIMIT_MEMBER: z.coerce.number().int().min(1).default(1_200),
  RATE_LIMIT_ADDRESS: z.coerce.number().int().min(1).default(6_000),
  /** The signing secret of Resend's webhooks; without it no webhook is accepted. */
  RESEND_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{16,}={0,2}$/, 'it starts with whsec_, as Resend shows it')
    .optional(),
  /** Webhooks per minute with an invalid signature from one address, unless it has sent a valid one within a day. */
  RATE_LIMIT_FORGED: z.coerce.number().int().min(1).default(60),
  /** Concurrent requests of one member, open live streams included: a service handles 200 at a time, for everybody. */
  RATE_LIMIT_AT_ONCE: z.coerce.number().int().min(1).default(50),
  /** Sign-ins per hour of one person: each stores a session, and everybody's sessions share the room. */
  RATE_LIMIT_SIGN_INS: z.coerce.number().int().min(1).default(60),
  /** How often an open page gets a heartbeat, and its sign-in and rights, or the rights to a download, are checked again. */
  LIVE_HEARTBEAT_SECONDS: z.coerce.number().int().min(1).max(60).default(15),
  /** How long a move of a clock waits at each stop for everything due there to settle. */
  CLOCK_PATIENCE_SECONDS: z.coerce.number().int().min(1).max(600).default(60),
});

/** All that the process reads from its environment. */
export const settings = [...processSettings, own];

/** The gateway's configuration, read when Nest creates it. */
@Injectable()
export class Settings {
  readonly #environment = { ...process.env };
  readonly #values = readConfiguration(own);

  readonly port = this.#values.PORT;
  readonly signIn = {
    issuer: this.#values.OIDC_ISSUER,
    audience: this.#values.OIDC_AUDIENCE,
    jwksUrl: this.#values.OIDC_JWKS_URL,
  };
  readonly client = { id: this.#values.OIDC_CLIENT_ID, secret: this.#values.OIDC_CLIENT_SECRET };
  /** The console's origin: `https://tenure.example`. */
  readonly origin = new URL(this.#values.PUBLIC_URL ?? `http://localhost:${this.#values.PORT}`).origin;
  readonly consoleFolder = this.#values.CONSOLE_FOLDER;
  /** In milliseconds. */
  readonly session = {
    idle: this.#values.SESSION_IDLE_SECONDS * 1000,
    absolute: this.#values.SESSION_ABSOLUTE_SECONDS * 1000,
  };
  readonly replicas = this.#values.EVENTS_REPLICAS;
  readonly temporal = {
    /** As its variables and files say now. */
    server: () => readTemporal(this.#environment).server,
    namespace: this.#values.TEMPORAL_NAMESPACE,
    taskQueue: this.#values.TEMPORAL_TASK_QUEUE,
  };
  readonly sandbox = this.#values.SANDBOX === 'on';
  readonly trustedProxies = this.#values.TRUSTED_PROXIES;
  readonly perMinute = {
    member: this.#values.RATE_LIMIT_MEMBER,
    address: this.#values.RATE_LIMIT_ADDRESS,
    forged: this.#values.RATE_LIMIT_FORGED,
  };
  readonly atOnce = this.#values.RATE_LIMIT_AT_ONCE;
  readonly signInsAnHour = this.#values.RATE_LIMIT_SIGN_INS;
  readonly webhookSecret = this.#values.RESEND_WEBHOOK_SECRET;
  /** In milliseconds. */
  readonly heartbeat = this.#values.LIVE_HEARTBEAT_SECONDS * 1000;
  readonly clockPatience = this.#values.CLOCK_PATIENCE_SECONDS * 1000;
}
