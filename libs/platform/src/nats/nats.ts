import { setTimeout as delay } from 'node:timers/promises';
import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { inboxPrefix, natsServers } from '@tenure/contracts';

export interface NatsSettings {
  /** One or more addresses, separated by commas; `tls://` for servers with TLS. */
  url: string;
  /** The process's own NATS user, under whose name alone it may publish. */
  user: string;
  password: string;
}

const NOT_CONNECTED = 'not connected';
/** The pause between two attempts to reconnect to a server, in milliseconds. */
const RECONNECT_MS = 500;

/** The process's only NATS connection, shared by requests, answers and JetStream. It reconnects without limit. */
@Injectable()
export class Nats implements OnApplicationShutdown {
  readonly jetstream: JetStreamClient;
  /** Why there is no connection; null while there is one. */
  #lost: string | null = null;

  constructor(
    readonly connection: NatsConnection,
    readonly user: string,
  ) {
    this.jetstream = jetstream(connection);
    void this.#watch();
  }

  /** Waits up to half a minute for the server, so that processes can start in any order. */
  static async connect({ url, user, password }: NatsSettings, within = 30_000): Promise<Nats> {
    const deadline = Date.now() + within;
    for (;;) {
      try {
        return new Nats(
          await connect({
            ...natsServers(url),
            user,
            pass: password,
            name: user,
            inboxPrefix: inboxPrefix(user),
            maxReconnectAttempts: -1,
            // Left to itself, the library waits until the time of the last attempt has passed: for an hour if the clock
            // was set back by one.
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
          }),
          user,
        );
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        if (error.name === 'AuthorizationError' && !/timeout/i.test(error.message))
          throw new Error(`NATS refuses the user "${user}": check NATS_USER and NATS_PASSWORD.`, { cause: error });
        if (/does not support 'tls'/.test(error.message))
          throw new Error(`NATS at ${url} does not support TLS, which its address requires.`, { cause: error });
        if (Date.now() >= deadline)
          throw new Error(`NATS does not answer at ${url}: ${error.message}.`, { cause: error });
        await delay(250);
      }
    }
  }

  get connected(): boolean {
    return this.#lost === null && !this.connection.isClosed();
  }

  /** @throws why there is no connection: for example, that the user's password was changed */
  checkConnected(): void {
    if (!this.connected) throw new Error(this.#lost ?? NOT_CONNECTED);
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.connected) await this.connection.flush().catch(() => undefined);
    await this.connection.close();
  }

  async #watch(): Promise<void> {
    const log = new Logger('Nats');
    for await (const status of this.connection.status()) {
      if (status.type === 'disconnect') {
        this.#lost ??= NOT_CONNECTED;
        log.warn('The connection to NATS is lost; reconnecting.');
      } else if (status.type === 'reconnect') {
        this.#lost = null;
        log.log('Connected to NATS again.');
      } else if (status.type === 'error') {
        if (this.#lost !== null) this.#lost = `${NOT_CONNECTED}: ${status.error.message}`;
        log.error(status.error);
      }
    }
    this.#lost ??= NOT_CONNECTED;
  }
}
