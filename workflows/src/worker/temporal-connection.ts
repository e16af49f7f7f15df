import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Client } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import type { Settings } from '../settings.js';
import { connectToTemporal } from './connect.js';

/**
 * The process's single connection to Temporal. The worker and the code that starts workflows share it, so that Temporal
 * can return a workflow's first task with the answer to its start.
 */
@Injectable()
export class TemporalConnection implements OnApplicationShutdown {
  readonly client: Client;

  private constructor(
    readonly native: NativeConnection,
    namespace: string,
  ) {
    this.client = new Client({ connection: native, namespace });
  }

  static async open({ temporal }: Settings): Promise<TemporalConnection> {
    return new TemporalConnection(await connectToTemporal(temporal.server), temporal.namespace);
  }

  /** Runs after the worker and the consumer have stopped. */
  async onApplicationShutdown(): Promise<void> {
    await this.native.close();
  }
}
