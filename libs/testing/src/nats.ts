import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { jetstream } from '@nats-io/jetstream';
import { connect, headers, type Msg, type NatsConnection } from '@nats-io/transport-node';
import {
  callerOf,
  client,
  DomainError,
  eventStream,
  inboxPrefix,
  natsUsers,
  problem,
  requestIdHeader,
  subjectOfAll,
  type AddedServices,
  type AnswerOf,
  type Client,
  type Envelope,
  type Request,
  type RequestOf,
  type NatsUser,
} from '@tenure/contracts';
import { startNats } from '@tenure/local/servers/nats';
import { freePort } from '@tenure/local/servers/ports';
import { holdStill } from '@tenure/local/supervisor/hold-still';
import { DeadEvents } from '@tenure/operate/events/dead-events';

export interface TestNats {
  url: string;
  /** The environment of a NATS user: NATS_URL, NATS_USER, NATS_PASSWORD. */
  environment(user: string): Record<'NATS_URL' | 'NATS_USER' | 'NATS_PASSWORD', string>;
  /** A connection as this user, closed at the end; `test` may do everything. */
  connect(user?: string): Promise<NatsConnection>;
  /**
   * A client with this caller's name and permissions. Its timeout is long, since answers depend on the load of the
   * machine.
   */
  ask(caller: string): Promise<Client>;
  /** Answers in place of a service that the spec does not start, until the returned function is called and done. */
  answer<R extends Request>(
    message: R,
    answer: (request: RequestOf<R>, caller: string) => AnswerOf<R> | Promise<AnswerOf<R>>,
  ): Promise<() => Promise<void>>;
  /** The request ids with which this message is sent from now on; undefined for none. */
  requestIdsOf(message: Request): Promise<(string | undefined)[]>;
  /** The events in the stream, oldest first, without dead ones. */
  events(): Promise<Envelope[]>;
  /** Dead events, as the operator sees them. */
  dead(): Promise<DeadEvents>;
  /** Ends the server as if it were killed; its data stay. */
  down(): Promise<void>;
  /**
   * Waits for this object's connections: until they are back, the client loses what is published.
   * @param changed passwords that this server has from now on instead
   */
  up(changed?: Record<string, string>): Promise<void>;
  /** Freezes the server until the returned function is called. */
  freeze(): Promise<() => void>;
  close(): Promise<void>;
}

/** A NATS server for one spec file, with the permissions of the real one (40 ms). */
export async function testNats({
  users = [],
  added = {},
}: {
  /** Replace users of the same name, or add to them. */
  users?: readonly NatsUser[];
  /** Services that an operator added. */
  added?: AddedServices;
} = {}): Promise<TestNats> {
  const all: NatsUser[] = [
    ...natsUsers(added).filter(({ user }) => !users.some((other) => other.user === user)),
    ...users,
    { user: 'test', publish: ['>'], subscribe: ['>'] },
  ];
  const passwords = Object.fromEntries(all.map(({ user }) => [user, `password-of-${user}`]));
  const port = await freePort();
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'tenure-test-nats-'));
  const start = (changed: Record<string, string> = {}) =>
    startNats({ port, dataFolder, users: all, passwords: { ...passwords, ...changed }, durable: false });
  let server = await start();
  const connections = new Map<string, Promise<NatsConnection>>();

  const environment = (user: string) => ({
    NATS_URL: server.url,
    NATS_USER: user,
    NATS_PASSWORD: passwords[user] ?? '',
  });
  const connection = (user = 'test') => {
    const known =
      connections.get(user) ??
      connect({
        servers: server.url,
        user,
        pass: passwords[user] ?? '',
        inboxPrefix: inboxPrefix(user),
        maxReconnectAttempts: -1,
        reconnectTimeWait: 50,
        timeout: 5_000,
      });
    connections.set(user, known);
    return known;
  };

  return {
    url: server.url,
    environment,
    connect: connection,
    ask: async (caller) => client(await connection(caller), caller, { timeout: 20_000 }),
    async requestIdsOf(message) {
      const ids: (string | undefined)[] = [];
      const nats = await connection();
      nats.subscribe(subjectOfAll(message), {
        callback: (_, asked) => void ids.push(asked.headers?.get(requestIdHeader)),
      });
      await nats.flush();
      return ids;
    },
    async answer(message, answer) {
      const nats = await connection();
      const subscription = nats.subscribe(subjectOfAll(message));
      const respond = async (asked: Msg) => {
        try {
          const request = message.request.parse(asked.json()) as RequestOf<typeof message>;
          asked.respond(JSON.stringify(await answer(request, callerOf(asked.subject))));
        } catch (error) {
          const refusal = error instanceof DomainError ? error.problem : problem('internal', String(error));
          const head = headers();
          head.set('Nats-Service-Error-Code', String(refusal.status));
          head.set('Nats-Service-Error', refusal.title);
          asked.respond(JSON.stringify(refusal), { headers: head });
        }
      };
      void (async () => {
        for await (const asked of subscription) void respond(asked);
      })();
      await nats.flush();
      return async () => {
        subscription.unsubscribe();
        await nats.flush(); // A caller on another connection may be faster than this one.
      };
    },
    async events() {
      const manager = await jetstream(await connection()).jetstreamManager();
      const { state } = await manager.streams.info(eventStream.name);
      const found: Envelope[] = [];
      for (let seq = state.first_seq; seq <= state.last_seq && seq > 0; seq += 1) {
        const message = await manager.streams.getMessage(eventStream.name, { seq });
        if (message && !message.subject.startsWith(`${eventStream.dead}.`)) found.push(message.json<Envelope>());
      }
      return found;
    },
    dead: async () => DeadEvents.of(await connection('operator')),
    async down() {
      await server.stop();
    },
    async up(changed) {
      server = await start(changed);
      await Promise.all([...connections.values()].map(async (open) => reconnected(await open)));
    },
    freeze: () => holdStill(server.pid),
    async close() {
      await Promise.all([...connections.values()].map(async (open) => (await open).close()));
      await server.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

async function reconnected(connection: NatsConnection): Promise<void> {
  for (;;) {
    try {
      return await connection.flush();
    } catch (error) {
      if (connection.isClosed()) throw error;
    }
  }
}
