import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Client, type Connection } from '@temporalio/client';
import { connectionWithoutRetries, TemporalRenewal, type TemporalServer } from '@tenure/platform/temporal';

export interface TemporalSettings {
  /** As its variables and files say now. */
  server: () => TemporalServer;
  namespace: string;
  taskQueue: string;
}

/**
 * The connection to Temporal, opened on first use: without Temporal, everything works except clocks, and decisions
 * settle later.
 */
export class Temporal implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly renewal: TemporalRenewal;
  readonly namespace: string;
  readonly taskQueue: string;
  #connection: Connection;
  #client: Client;
  /** Replaced by the current one, and kept for its requests in progress. */
  #earlier: Connection | undefined;

  constructor({ server, namespace, taskQueue }: TemporalSettings) {
    const current = server();
    this.#connection = connectionWithoutRetries(current);
    this.#client = new Client({ connection: this.#connection, namespace });
    this.renewal = new TemporalRenewal(current, server, (changed) => this.#replace(changed));
    this.namespace = namespace;
    this.taskQueue = taskQueue;
  }

  get connection(): Connection {
    return this.#connection;
  }

  get client(): Client {
    return this.#client;
  }

  onApplicationBootstrap(): void {
    this.renewal.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.renewal.stop();
    await this.#earlier?.close();
    await this.#connection.close();
  }

  async #replace(server: TemporalServer): Promise<void> {
    const connection = connectionWithoutRetries(server);
    await this.#earlier?.close();
    this.#earlier = this.#connection;
    this.#connection = connection;
    this.#client = new Client({ connection, namespace: this.namespace });
  }
}
