import type { OnApplicationShutdown } from '@nestjs/common';
import { Client, Connection } from '@temporalio/client';

export interface TemporalSettings {
  address: string;
  namespace: string;
  taskQueue: string;
}

/** The connection to Temporal. Opened at the first use: without Temporal, everything but decisions and clocks works. */
export class Temporal implements OnApplicationShutdown {
  readonly connection: Connection;
  readonly client: Client;
  readonly namespace: string;
  readonly taskQueue: string;

  constructor({ address, namespace, taskQueue }: TemporalSettings) {
    this.connection = Connection.lazy({
      address,
      // Back within seconds after an outage, instead of up to two minutes.
      channelArgs: { 'grpc.max_reconnect_backoff_ms': 2_000 },
      // No retries of its own: each call here has somebody who waits and is told, and a retry that comes after the
      // connection was closed would end the process.
      interceptors: [],
    });
    this.client = new Client({ connection: this.connection, namespace });
    this.namespace = namespace;
    this.taskQueue = taskQueue;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.connection.close();
  }
}
