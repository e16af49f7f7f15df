import { setTimeout as delay } from 'node:timers/promises';
import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import { connect, type ConnectionOptions, type NatsConnection, type Subscription } from '@nats-io/transport-node';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { inboxPrefix, natsServers } from '@tenure/contracts';
import { withoutOpenSsl } from '../process/tls-failure.js';

export interface NatsSettings {
  /** One or more addresses, separated by commas; `tls://` for servers with TLS. */
  url: string;
  /** The process's own NATS user, under whose name alone it may publish. */
  user: string;
  password: string;
}

/** The pause between two attempts to reconnect to a server, in milliseconds. */
const RECONNECT_MS = 500;

/** How long to wait for the server's confirmation before giving up on it, in milliseconds. */
const CONFIRMS_MS = 5_000;

/** The process's only NATS connection, shared by requests, answers and JetStream. It reconnects without limit. */
@Injectable()
export class Nats implements OnApplicationShutdown {
  readonly jetstream: JetStreamClient;
  #isLost = false;
  /** A confirmation is overdue. */
  #hangs = false;

  constructor(
    readonly connection: NatsConnection,
    private readonly settings: NatsSettings,
  ) {
    this.jetstream = jetstream(connection);
    void this.#watch();
  }

  /** Waits up to half a minute for the server, so that processes can start in any order. */
  static async connect(settings: NatsSettings, within = 30_000): Promise<Nats> {
    const { url, user } = settings;
    const deadline = Date.now() + within;
    for (;;) {
      try {
        return new Nats(await connect(optionsOf(settings)), settings);
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        if (error.name === 'AuthorizationError' && !/timeout/i.test(error.message))
          throw new Error(`NATS refuses the user "${user}": check NATS_USER and NATS_PASSWORD.`, { cause: error });
        if (/does not support 'tls'/.test(error.message))
          throw new Error(`NATS at ${url} does not support TLS, which its address requires.`, { cause: error });
        if (Date.now() >= deadline)
          throw new Error(`NATS does not answer at ${url}: ${withoutOpenSsl(error.message)}.`, { cause: error });
        await delay(250);
      }
    }
  }

  get user(): string {
    return this.settings.user;
  }

  get connected(): boolean {
    return !this.#isLost && !this.#hangs && !this.connection.isClosed();
  }

  /**
   * The client keeps to itself why it cannot reconnect, so this tries it once.
   * @throws why there is no connection: for example, that the user's password was changed
   */
  async checkConnected(): Promise<void> {
    if (this.connected) return;
    const tried = await connect({ ...optionsOf(this.settings), reconnect: false, timeout: 1_500 }).catch(
      (error: Error) => error.message,
    );
    if (typeof tried === 'string') throw new Error(`not connected: ${withoutOpenSsl(tried)}`);
    await tried.close();
    if (!this.connected) throw new Error('not connected: reconnecting');
  }

  /**
   * Waits until the server confirms, but not without end, as the client would. From then until it does, a server that
   * hangs counts as not connected: nothing else waits for it, so that the process stops in time.
   */
  async #confirmed(confirmation: Promise<unknown>): Promise<void> {
    const settled = confirmation.then(yes, yes);
    if (await Promise.race([settled, delay(CONFIRMS_MS, false, { ref: false })])) return;
    this.#hangs = true;
    void settled.then(() => (this.#hangs = false));
  }

  /** Ends the subscription once what is on its way to it has been received. */
  async drain(subscription: Subscription): Promise<void> {
    if (this.connected) await this.#confirmed(subscription.drain());
    else subscription.unsubscribe();
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.connected) await this.#confirmed(this.connection.flush());
    await this.connection.close();
  }

  async #watch(): Promise<void> {
    const log = new Logger('Nats');
    for await (const status of this.connection.status()) {
      if (status.type === 'disconnect') {
        this.#isLost = true;
        log.warn('The connection to NATS is lost; reconnecting.');
      } else if (status.type === 'reconnect') {
        // The client has sent its subscriptions again, but until the server has processed them, it finds nobody there.
        // The flush fails if the connection is lost meanwhile.
        this.#isLost = await this.connection.flush().then(
          () => false,
          () => true,
        );
        if (!this.#isLost) log.log('Connected to NATS again.');
      } else if (status.type === 'error') log.error(status.error);
    }
    this.#isLost = true;
  }
}

const yes = () => true;

function optionsOf({ url, user, password }: NatsSettings): ConnectionOptions {
  return {
    ...natsServers(url),
    user,
    pass: password,
    name: user,
    inboxPrefix: inboxPrefix(user),
    maxReconnectAttempts: -1,
    // By default, an attempt takes 20 s if the server dies after it has greeted: only this limit ends it.
    timeout: 5_000,
    // Left to itself, the library waits until the time of the last attempt has passed: for an hour if the clock was set
    // back by one.
    reconnectDelayHandler: () => -Infinity,
    reconnectToServer: ([server]) => ({
      server: server!,
      delay: Math.abs(Date.now() - server!.lastConnect) < RECONNECT_MS ? RECONNECT_MS : 0,
    }),
    // A server that is too busy to read the password in time also refuses it: keep trying.
    ignoreAuthErrorAbort: true,
    // Notices a silently lost connection within half a minute instead of four.
    pingInterval: 10_000,
    // Otherwise each request captures its caller's stack, for an error that most never have.
    noAsyncTraces: true,
  };
}
