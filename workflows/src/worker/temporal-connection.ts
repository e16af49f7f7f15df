import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Client } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import type { Settings } from '../settings.js';
import { connectToTemporal } from './connect.js';

/**
 * The process's one connection to Temporal. The worker and those who start workflows share it, so that the engine can
 * hand the first task of a workflow over with the answer to its start.
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

  /** After the worker and the consumer have ended. */
  async onApplicationShutdown(): Promise<void> {
    await this.native.close();
  }
}
