import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { byHands } from '../../by-hands.js';
import type { Unit } from '../round.js';

/** The product's own setting for workflows kept in memory, unless it is told another. */
const workflowsCached = '2000';

const startedAtOnce = 20;
/** How late the last bare sleeper may be, in milliseconds. */
const longestSleep = 180_000;

/** Of one application and of its subscription, in this order. */
export type WorkflowIds = [application: string, subscription: string];

/** Pairs of workflows on the product's own engine, with a worker of their own. */
export class Floor {
  /** Of the latest pair. */
  latest: WorkflowIds | undefined;

  private constructor(
    private readonly worker: ChildProcess,
    private readonly connection: Connection,
    private readonly client: Client,
    private readonly taskQueue: string,
    /** Rejects when the worker has ended: nothing that is waited for comes any more. */
    private readonly failed: Promise<never>,
  ) {}

  static async start(temporal: { address: string; namespace: string }): Promise<Floor> {
    const taskQueue = `floor-${randomUUID()}`;
    const worker = fork(fileURLToPath(import.meta.resolve('./worker.js')), {
      env: {
        ...process.env,
        TZ: 'UTC',
        TEMPORAL_ADDRESS: temporal.address,
        TEMPORAL_NAMESPACE: temporal.namespace,
        TEMPORAL_TASK_QUEUE: taskQueue,
        WORKFLOWS_CACHED: process.env.WORKFLOWS_CACHED ?? workflowsCached,
      },
    });
    const failed = once(worker, 'exit').then(() => {
      throw new Error("The floor's worker has ended.");
    });
    failed.catch(() => undefined); // Nobody may be waiting for anything at that moment.
    await Promise.race([once(worker, 'message'), failed]);
    const connection = await Connection.connect({ address: temporal.address });
    const client = new Client({ connection, namespace: temporal.namespace });
    return new Floor(worker, connection, client, taskQueue, failed);
  }

  get pid(): number {
    return this.worker.pid!;
  }

  /**
   * One application workflow, started as the product does it, signalled with a decision and run to its end;
   * then the workflow of its subscription, started and put to sleep.
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
   * Has so many workflows fall asleep until the same instant, at which each does one local activity.
   * @returns whether all were asleep by then; and what waits for the last one, and says how late it was, in milliseconds:
   * it throws when they do not all come
   */
  async sleepers(many: number, until: number): Promise<{ inTime: boolean; lastWoke: () => Promise<number> }> {
    const asleep = new Set(Array.from({ length: many }, () => `floor/sleeper/${randomUUID()}`));
    const lastWoke = new Promise<number>((resolve) => {
      const count = ({ woke }: { woke?: string }) => {
        // One that does its activity again has woken once.
        if (woke === undefined || !asleep.delete(woke) || asleep.size > 0) return;
        this.worker.off('message', count);
        resolve(Date.now());
      };
      this.worker.on('message', count);
    });
    const start = (workflowId: string) =>
      this.client.workflow.start('sleeper', { taskQueue: this.taskQueue, workflowId, args: [until] });
    await Promise.race([byHands(startedAtOnce, [...asleep], start), this.failed]);
    const inTime = Date.now() < until && asleep.size === many;
    return { inTime, lastWoke: () => this.#within(lastWoke, until, () => many - asleep.size) };
  }

  async #within(lastWoke: Promise<number>, until: number, woken: () => number): Promise<number> {
    const tooLate = delay(until + longestSleep - Date.now(), undefined, { ref: false }).then(() => {
      throw new Error(`No more than ${woken()} bare sleepers woke.`);
    });
    return (await Promise.race([lastWoke, tooLate, this.failed])) - until;
  }

  /** How many events the histories of these workflows hold, as the engine counts them. */
  async eventsIn(workflowIds: WorkflowIds): Promise<number[]> {
    const described = workflowIds.map((workflowId) => this.client.workflow.getHandle(workflowId).describe());
    return (await Promise.all(described)).map(({ historyLength }) => historyLength);
  }

  /** The worker may have ended before, by the same Ctrl-C or with the engine; it has nothing to lose. */
  async stop(): Promise<void> {
    this.worker.kill('SIGKILL');
    await this.failed.catch(() => undefined);
    await this.connection.close();
  }
}
