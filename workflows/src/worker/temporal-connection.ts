import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { TemporalRenewal, type TemporalServer } from '@tenure/platform/temporal';
import type { Settings } from '../settings.js';
import { connectToTemporal } from './connect.js';

/**
 * The process's single connection to Temporal. The worker and the code that starts workflows share it, so that Temporal
 * can return a workflow's first task with the answer to its start.
 */
@Injectable()
export class TemporalConnection implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly renewal: TemporalRenewal;
  #native: NativeConnection;
  #client: Client | undefined;
  #moveWorker: ((native: NativeConnection) => void) | undefined;

  /** @param native opened with `current` */
  constructor(
    private readonly settings: Settings,
    current: TemporalServer,
    native: NativeConnection,
  ) {
    this.#native = native;
    this.renewal = new TemporalRenewal(current, settings.temporal.server, (server) => this.#replace(server));
  }

  static async open(settings: Settings): Promise<TemporalConnection> {
    const current = settings.temporal.server();
    return new TemporalConnection(settings, current, await connectToTemporal(current));
  }

  get native(): NativeConnection {
    return this.#native;
  }

  get client(): Client {
    return (this.#client ??= new Client({ connection: this.#native, namespace: this.settings.temporal.namespace }));
  }

  /** @param move lets the worker continue on another connection */
  whenReplaced(move: (native: NativeConnection) => void): void {
    this.#moveWorker = move;
  }

  /** @throws why Temporal does not answer, or its database, which this reads: without it, nothing runs */
  async check(): Promise<void> {
    const { namespace, server } = this.settings.temporal;
    const asked = this.#native.withDeadline(Date.now() + 1_500, () =>
      this.#native.workflowService.describeNamespace({ namespace }),
    );
    const answered = asked.then(() => true);
    if (await Promise.race([answered, delay(700, false)])) return;
    // The connection keeps to itself why it cannot be restored, and tries again. So this tries another one.
    answered.catch(() => undefined);
    const another = await NativeConnection.connect(server());
    await another.close();
    await answered;
  }

  onApplicationBootstrap(): void {
    this.renewal.start();
  }

  /** Runs after the worker and the consumer have stopped. */
  async onApplicationShutdown(): Promise<void> {
    await this.renewal.stop();
    await this.#native.close();
  }

  async #replace(server: TemporalServer): Promise<void> {
    const earlier = this.#native;
    this.#native = await NativeConnection.connect(server);
    this.#client = undefined;
    this.#moveWorker?.(this.#native);
    await earlier.close();
  }
}
