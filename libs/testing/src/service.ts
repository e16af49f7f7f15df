import type { DynamicModule, Type } from '@nestjs/common';
import type { Client, Envelope } from '@tenure/contracts';
import { bootService, JsonLog, type Health, type HttpOptions } from '@tenure/platform';
import type { ServiceDatabase } from '@tenure/platform/database';
import { testDatabase, type TestDatabase } from './database.js';
import { testNats, type TestNats } from './nats.js';

export interface TestServiceOptions {
  /** The name of the service and of its NATS user. */
  service: string;
  module: Type | DynamicModule;
  /** What the module passes to `storageOf`, or an existing test database; without it there is none. */
  database?: Omit<ServiceDatabase, 'service'> | TestDatabase;
  /** To share a server between the services of one spec file; a new one by default. */
  nats?: TestNats;
  /** Further environment variables that the module reads when it is wired. */
  environment?: Record<string, string>;
  http?: Omit<HttpOptions, 'port'>;
}

export interface TestService {
  /** A client for this caller, over NATS and with its permissions. */
  ask(caller: string): Client;
  nats: TestNats;
  database: TestDatabase;
  /** The events in the stream, oldest first. */
  events(): Promise<Envelope[]>;
  /** The events recorded so far, oldest first: those in the stream, and those that are only in the outbox. */
  recorded(): Promise<Envelope[]>;
  get<T>(token: Type<T>): T;
  health: Health;
  /** The address of the HTTP interface. */
  url: string | undefined;
  close(): Promise<void>;
}

/**
 * Starts a service in this process, wired as in production, with its own database and NATS server. Its log shows with
 * TENURE_TEST_LOG=<level>.
 */
export async function startTestService(options: TestServiceOptions): Promise<TestService> {
  const { service, module, http } = options;
  const ownDatabase = options.database !== undefined && !('close' in options.database);
  const [nats, database] = await Promise.all([
    options.nats ?? testNats(),
    ownDatabase
      ? testDatabase({ service, ...(options.database as Omit<ServiceDatabase, 'service'>) })
      : (options.database as TestDatabase | undefined),
  ]);
  const closeOwn = async () => {
    if (ownDatabase) await database?.close();
    if (options.nats === undefined) await nats.close();
  };
  const level = process.env['TENURE_TEST_LOG'];
  const running = await within(
    { ...nats.environment(service), ...(database && { DATABASE_URL: database.url }), ...options.environment },
    () =>
      bootService(
        {
          name: service,
          module,
          ...(http && { http: { ...http, port: 0 } }),
        },
        new JsonLog(service, level ?? 'silent'),
      ),
  ).catch(async (error: unknown) => {
    await closeOwn();
    throw error;
  });
  const own = () => {
    if (database === undefined) throw new Error(`${service} was started without a database.`);
    return database;
  };
  return {
    ask: (caller) => ({ ask: async (...args) => (await nats.ask(caller)).ask(...args) }),
    nats,
    get database() {
      return own();
    },
    events: () => nats.events(),
    async recorded() {
      // The outbox first: an event is removed from it only when it is in the stream.
      const waiting = await own().sql<{ event: Envelope }>(`select event from ${service}.outbox order by position`);
      const sent = await nats.events();
      const ids = new Set(sent.map(({ id }) => id));
      return [...sent, ...waiting.map(({ event }) => event).filter(({ id }) => !ids.has(id))];
    },
    get: (token) => running.get(token),
    health: running.health,
    url: running.url,
    async close() {
      await running.close();
      await closeOwn();
    },
  };
}

let starting: Promise<unknown> = Promise.resolve();

/** What Node and the processes that specs start need. Any other variable may be a setting of a service. */
const ofTheTerminal = /^(PATH|HOME|TMPDIR|TZ|(NODE|TENURE|JEST)_\w+)$/;

/**
 * Sets the environment while the module is wired, without the settings that the terminal may have, and restores it
 * afterwards. The environment belongs to the whole process, so services start one after another.
 */
async function within<T>(environment: Record<string, string>, work: () => Promise<T>): Promise<T> {
  const turn = starting.then(async () => {
    const before = { ...process.env };
    for (const name of Object.keys(before)) if (!ofTheTerminal.test(name)) delete process.env[name];
    Object.assign(process.env, environment);
    try {
      return await work();
    } finally {
      for (const name of Object.keys(environment)) delete process.env[name];
      Object.assign(process.env, before);
    }
  });
  starting = turn.catch(() => undefined);
  return turn;
}
