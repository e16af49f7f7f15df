import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import type { Unit } from '../round.js';

/** The product's own setting for workflows kept in memory, unless it is told another. */
const workflowsCached = '500';

const startedAtOnce = 20;

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
    await Promise.race([
      once(worker, 'message'),
      once(worker, 'exit').then(() => {
        throw new Error("The floor's worker ended before it was ready.");
      }),
    ]);
    const connection = await Connection.connect({ address: temporal.address });
    const client = new Client({ connection, namespace: temporal.namespace });
    return new Floor(worker, connection, client, taskQueue);
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
   * @returns what waits for the last one, and says how late it was, in milliseconds. @throws when they were not all asleep by then
   */
  async sleepers(many: number, until: number): Promise<() => Promise<number>> {
    let awake = 0;
    const lastWoke = new Promise<number>((resolve) => {
      const count = () => {
        awake += 1;
        if (awake < many) return;
        this.worker.off('message', count);
        resolve(Date.now());
      };
      this.worker.on('message', count);
    });
    const left = Array.from({ length: many }, () => `floor/sleeper/${randomUUID()}`);
    const hand = async () => {
      for (let workflowId = left.pop(); workflowId !== undefined; workflowId = left.pop())
        await this.client.workflow.start('sleeper', { taskQueue: this.taskQueue, workflowId, args: [until] });
    };
    await Promise.all(Array.from({ length: startedAtOnce }, hand));
    if (Date.now() > until || awake > 0) throw new Error('The bare sleepers did not fall asleep in time.');
    return async () => (await lastWoke) - until;
  }

  /** How many events the histories of these workflows hold, as the engine counts them. */
  async eventsIn(workflowIds: WorkflowIds): Promise<number[]> {
    const described = workflowIds.map((workflowId) => this.client.workflow.getHandle(workflowId).describe());
    return (await Promise.all(described)).map(({ historyLength }) => historyLength);
  }

  async stop(): Promise<void> {
    const ended = once(this.worker, 'exit');
    this.worker.kill('SIGTERM');
    await ended;
    await this.connection.close();
  }
}
