import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { temporalNamespace } from '@tenure/local/servers/temporal-options';
import pMap from 'p-map';
import type { Unit } from '../round.js';

/** The product's default for the number of workflows kept in memory. */
const workflowsCached = '2000';

const startedAtOnce = 20;
/** How late the last bare sleeper may be, in milliseconds. */
const longestSleep = 180_000;

/** The ids of one application's workflow and of its subscription's. */
export type WorkflowIds = [application: string, subscription: string];

/** Pairs of workflows on the product's Temporal server, with their own worker. */
export class Floor {
  /** The ids of the latest pair. */
  latest: WorkflowIds | undefined;

  private constructor(
    private readonly worker: ChildProcess,
    private readonly connection: Connection,
    private readonly client: Client,
    private readonly taskQueue: string,
    /** Rejects when the worker ends, because then no awaited event can come. */
    private readonly failed: Promise<never>,
  ) {}

  static async start(address: string): Promise<Floor> {
    const taskQueue = `floor-${randomUUID()}`;
    const worker = fork(fileURLToPath(import.meta.resolve('./worker.js')), {
      env: {
        ...process.env,
        TZ: 'UTC',
        TEMPORAL_ADDRESS: address,
        TEMPORAL_NAMESPACE: temporalNamespace,
        TEMPORAL_TASK_QUEUE: taskQueue,
        WORKFLOWS_CACHED: process.env.WORKFLOWS_CACHED ?? workflowsCached,
      },
    });
    const failed = once(worker, 'exit').then(() => {
      throw new Error("The floor's worker has ended.");
    });
    failed.catch(() => undefined); // Nobody may be waiting for anything at that moment.
    await Promise.race([once(worker, 'message'), failed]);
    const connection = await Connection.connect({ address });
    const client = new Client({ connection, namespace: temporalNamespace });
    return new Floor(worker, connection, client, taskQueue, failed);
  }

  get pid(): number {
    return this.worker.pid!;
  }

  /**
   * Runs one application workflow, started as the product does it and signaled with a decision, to its end; then starts
   * its subscription's workflow, which goes to sleep.
   */
  async pair(): Promise<Unit> {
    const { taskQueue } = this;
    const id = randomUUID();
    const workflowIds: WorkflowIds = [`floor/application/${id}`, `floor/subscription/${id}`];
    const application = { taskQueue, workflowId: workflowIds[0] };
    await this.client.workflow.start('application', application);
    const decided = performance.now();
    const handle = await this.client.workflow.signalWithStart('application', {
      ...application,
      signal: 'decide',
      signalArgs: [id],
    });
    await handle.result();
    const doneMs = performance.now() - decided;
    await this.client.workflow.start('subscription', { taskQueue, workflowId: workflowIds[1] });
    this.latest = workflowIds;
    return { decisionMs: doneMs, doneMs };
  }

  /**
   * Starts this many workflows, which sleep until the same instant and then run one local activity each.
   * @returns whether all were asleep in time, and a function that waits for the last one and returns how late it woke,
   * in milliseconds; it throws if not all wake
   */
  async sleepers(many: number, until: number): Promise<{ inTime: boolean; lastWoke: () => Promise<number> }> {
    const asleep = new Set(Array.from({ length: many }, () => `floor/sleeper/${randomUUID()}`));
    const lastWoke = new Promise<number>((resolve) => {
      const count = ({ woke }: { woke?: string }) => {
        // A retried activity counts once.
        if (woke === undefined || !asleep.delete(woke) || asleep.size > 0) return;
        this.worker.off('message', count);
        resolve(Date.now());
      };
      this.worker.on('message', count);
    });
    const start = (workflowId: string) =>
      this.client.workflow.start('sleeper', { taskQueue: this.taskQueue, workflowId, args: [until] });
    await Promise.race([pMap([...asleep], start, { concurrency: startedAtOnce }), this.failed]);
    const inTime = Date.now() < until && asleep.size === many;
    return { inTime, lastWoke: () => this.#within(lastWoke, until, () => many - asleep.size) };
  }

  async #within(lastWoke: Promise<number>, until: number, woken: () => number): Promise<number> {
    const tooLate = delay(until + longestSleep - Date.now(), undefined, { ref: false }).then(() => {
      throw new Error(`Only ${woken()} bare sleepers woke.`);
    });
    return (await Promise.race([lastWoke, tooLate, this.failed])) - until;
  }

  /** How many events the histories of these workflows have, by Temporal's count. */
  async eventsIn(workflowIds: WorkflowIds): Promise<number[]> {
    const described = workflowIds.map((workflowId) => this.client.workflow.getHandle(workflowId).describe());
    return (await Promise.all(described)).map(({ historyLength }) => historyLength);
  }

  /** Kills the worker, which has no state. It may have ended already, by the same Ctrl-C or with Temporal. */
  async stop(): Promise<void> {
    this.worker.kill('SIGKILL');
    await this.failed.catch(() => undefined);
    await this.connection.close();
  }
}
