import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Logger, type DynamicModule, type INestApplication, type LoggerService, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { z } from 'zod';
import { Nats } from '../nats/nats.js';
import { NatsServer } from '../nats/nats-server.js';
import { passErrorsOn, schemaPipe } from '../nats/problems.js';
import { checkConfiguration, readConfiguration } from './configuration.js';
import { Health, serveHealth } from './health.js';
import { JsonLog, withoutSecrets } from './log.js';
import { messagingSchema, storageSchema } from './platform.module.js';
import { measureProcess } from './process-metrics.js';
import { StandingAside } from './standing-aside.js';
import { ConfigurationError } from './variable.js';

export interface ServiceOptions {
  /** The process's name: its queue group and its name in the log. */
  name: string;
  module: Type | DynamicModule;
  /** For a process with its own HTTP interface. */
  http?: HttpOptions;
}

export interface HttpOptions {
  port: number;
  /** Called before the application listens: middleware, filters. */
  configure?(app: INestApplication): void;
}

export interface RunningService {
  get<T>(token: Type<T>): T;
  health: Health;
  /** The address of the HTTP interface. */
  url: string | undefined;
  /** Answers requests in progress, then stops relay and consumers, then closes the connections. */
  close(): Promise<void>;
}

const addressSchema = z.object({ LISTEN_ADDRESS: z.union([z.ipv4(), z.ipv6()]).optional() });
const processSchema = addressSchema.extend({
  HEALTH_PORT: z.coerce.number().int().min(0).max(65_535),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});
const serverSchema = z.object({ REQUESTS_AT_ONCE: z.coerce.number().int().min(1).default(200) });

/** What each process reads from its environment, besides its own settings. */
export const processSettings: readonly z.ZodObject[] = [processSchema, messagingSchema];
/** The same for a process that answers requests over NATS. */
export const answeringSettings = [...processSettings, serverSchema];
/** The same for one that also has a database. */
export const serviceSettings = [...answeringSettings, storageSchema];

/**
 * How long an idle connection is kept, in milliseconds: longer than load balancers keep theirs (a minute, or ten), so
 * that none sends a request into a closing connection. Not every request can be retried.
 */
const unusedFor = 620_000;

/** How long a request may still arrive after the stop began, in milliseconds. */
const arrivesWithin = 5_000;

/** How long a stop may take before the rest is cut off, in milliseconds. */
const patience = 25_000;

/**
 * The whole of a `main.ts`: starts the process and ends it on SIGTERM or SIGINT; if the start fails, logs a sentence
 * and exits with code 1. All of its `settings` are checked first, and what is wrong with them is reported together.
 */
export async function startService(options: ServiceOptions & { settings: readonly z.ZodObject[] }): Promise<void> {
  let healthServer: Server | undefined;
  let service: RunningService | undefined;
  let log: LoggerService = new JsonLog(options.name);
  try {
    checkConfiguration(options.settings);
    const { HEALTH_PORT, LISTEN_ADDRESS, LOG_LEVEL } = readConfiguration(processSchema);
    log = new JsonLog(options.name, LOG_LEVEL);
    Logger.overrideLogger(log);
    process.on('uncaughtException', (error) => fail(`${options.name} ends because of an uncaught error`, error, log));
    healthServer = await serveHealth({ port: HEALTH_PORT, host: LISTEN_ADDRESS }, () => service?.health);
    service = await bootService(options, log);
    measureProcess(service.health.metrics);
    log.log(`${options.name} has started.`, 'Process');
  } catch (error) {
    fail(`${options.name} cannot start`, error, log);
  }

  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.log(`${signal}: finishing requests in progress.`, 'Process');
    const tooLong = setTimeout(() => fail(`${options.name} did not stop in time`, undefined, log), patience);
    const running = service;
    service = undefined; // No longer ready.
    Promise.resolve(running?.close()).then(
      () => {
        clearTimeout(tooLong);
        healthServer?.close();
        healthServer?.closeAllConnections();
        process.exit(0);
      },
      (error: unknown) => fail(`${options.name} did not stop cleanly`, error, log),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** Starts a service within the current process; shared by `startService` and the specs. */
export async function bootService(
  { name, module, http }: ServiceOptions,
  logger: LoggerService | false,
): Promise<RunningService> {
  return http === undefined ? bootAnswering(name, module, logger) : bootHttp(module, http, logger);
}

async function bootAnswering(
  service: string,
  module: Type | DynamicModule,
  logger: LoggerService | false,
): Promise<RunningService> {
  const { REQUESTS_AT_ONCE: atOnce } = readConfiguration(serverSchema);
  const app = await NestFactory.createMicroservice(module, {
    inject: [Nats, StandingAside, Health],
    useFactory: (nats: Nats, aside: StandingAside, health: Health) => {
      const strategy = new NatsServer(nats, { service, atOnce }, aside, health.metrics);
      health.add(strategy.readiness);
      return { strategy };
    },
    logger,
    abortOnError: false,
  });
  app.useGlobalPipes(schemaPipe);
  app.useGlobalFilters(passErrorsOn);
  try {
    await app.listen();
  } catch (error) {
    await app.close();
    throw error;
  }
  return {
    get: (token) => app.get(token, { strict: false }),
    health: app.get(Health, { strict: false }),
    url: undefined,
    close: () => app.close(),
  };
}

async function bootHttp(
  module: Type | DynamicModule,
  { port, configure }: HttpOptions,
  logger: LoggerService | false,
): Promise<RunningService> {
  const { LISTEN_ADDRESS } = readConfiguration(addressSchema);
  // Routes read their bodies themselves, after sign-in and rights are checked.
  const app = await NestFactory.create(module, { logger, bodyParser: false, abortOnError: false });
  app.useGlobalPipes(schemaPipe);
  const server = app.getHttpServer() as Server;
  server.keepAliveTimeout = unusedFor;
  const endConnections = endingConnectionsOf(server);
  try {
    configure?.(app);
    await (LISTEN_ADDRESS === undefined ? app.listen(port) : app.listen(port, LISTEN_ADDRESS));
  } catch (error) {
    await app.close();
    throw error;
  }
  return {
    get: (token) => app.get(token, { strict: false }),
    health: app.get(Health, { strict: false }),
    url: await app.getUrl(),
    close: () => {
      endConnections();
      return app.close();
    },
  };
}

/**
 * A client that reuses its connection, such as a load balancer, would delay the end until it is cut off in the middle
 * of a request. So from now on each answer is the last on its connection. Connections without a request, which browsers
 * open in advance, would delay the end as well, and are closed; so are those of clients that vanished in the middle of a
 * request.
 */
function endingConnectionsOf(server: Server): () => void {
  let ending = false;
  const underWay = new Set<ServerResponse>();
  const open = new Set<Socket>();
  const isLast = (response: ServerResponse) => response.setHeader('connection', 'close');
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  server.prependListener('request', (_, response: ServerResponse) => {
    if (ending) isLast(response);
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
  });
  return () => {
    ending = true;
    // An answer that has already begun promises to keep its connection: close that shortly after it ends.
    server.keepAliveTimeout = 1;
    for (const response of underWay) if (!response.headersSent) isLast(response);
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
    setTimeout(() => {
      const arrived = new Set([...underWay].filter(({ req }) => req.complete).map(({ socket }) => socket));
      for (const socket of open) if (!arrived.has(socket)) socket.destroy();
    }, arrivesWithin).unref();
  };
}

function fail(what: string, error: unknown, log: LoggerService): never {
  if (error instanceof ConfigurationError) for (const sentence of error.sentences) log.fatal?.(`${what}: ${sentence}`);
  else if (error instanceof Error) log.fatal?.(`${what}: ${withoutSecrets(error.message)}`, error.stack, 'Process');
  else log.fatal?.(`${what}.`);
  process.exit(1);
}
