import type { OnApplicationShutdown } from '@nestjs/common';
import { Client, type Connection } from '@temporalio/client';
import { connectionWithoutRetries, type TemporalServer } from '@tenure/platform/temporal';

export interface TemporalSettings {
  server: TemporalServer;
  namespace: string;
  taskQueue: string;
}

/**
 * The connection to Temporal, opened on first use: without Temporal, everything works except clocks, and decisions
 * settle later.
 */
export class Temporal implements OnApplicationShutdown {
  readonly connection: Connection;
  readonly client: Client;
  readonly namespace: string;
  readonly taskQueue: string;

  constructor({ server, namespace, taskQueue }: TemporalSettings) {
    this.connection = connectionWithoutRetries(server);
    this.client = new Client({ connection: this.connection, namespace });
    this.namespace = namespace;
    this.taskQueue = taskQueue;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.connection.close();
  }
}
