import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Worker, type WorkerOptions } from '@temporalio/worker';
import { Health, Services } from '@tenure/platform/messaging';
import { activities } from '../activities/activities.js';
import { SettledDecisions } from '../activities/settled-decisions.js';
import { workflowBundle } from '../bundle.js';
import { Settings } from '../settings.js';
import { TemporalConnection } from './temporal-connection.js';

/**
 * How long a workflow task waits for the worker that has the workflow in memory before any worker may take it and
 * replay the history. When thousands of workflows wake in the same minute, the last ones wait their turn; giving up on
 * that worker would only make the wait longer. The cost: a killed worker's cached workflows wait this long too.
 */
const waitsForItsWorker = '20s';

/**
 * Runs the workflows and their activities as long as the process lives; if the worker fails, the process exits, to be
 * restarted.
 */
@Injectable()
export class WorkflowWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #log = new Logger('Worker');
  #worker: Worker | undefined;
  #ran: Promise<void> | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly temporal: TemporalConnection,
    private readonly services: Services,
    private readonly settled: SettledDecisions,
    health: Health,
  ) {
    health.add({
      name: 'worker',
      check: async () => {
        const state = this.#worker?.getState() ?? 'not started';
        if (state !== 'RUNNING') throw new Error(`the worker is ${state.toLowerCase()}`);
        await this.temporal.check();
      },
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    const { namespace, taskQueue } = this.settings.temporal;
    const { deployment, workflowsCached } = this.settings;
    const bundle = await workflowBundle();
    const buildId = deployment.buildId ?? bundle.buildId;
    const worker = await Worker.create({
      connection: this.temporal.native,
      namespace,
      taskQueue,
      workflowBundle: { codePath: bundle.codePath },
      activities: activities(this.settled.notedFrom(this.services)),
      maxCachedWorkflows: workflowsCached,
      stickyQueueScheduleToStartTimeout: waitsForItsWorker,
      ...versioning(deployment.name, buildId),
    });
    this.#worker = worker;
    this.temporal.whenReplaced((native) => (worker.connection = native));
    this.#ran = worker.run();
    this.#log.log(`Polling the task queue ${taskQueue} with workflow build ${buildId}.`);
    this.#ran.catch((error: unknown) => {
      this.#log.fatal('The worker failed; the process exits.', error instanceof Error ? error.stack : String(error));
      process.exit(1);
    });
  }

  /** Finishes the work in progress while the connection to the services is still open. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.#worker?.getState() === 'RUNNING') this.#worker.shutdown();
    await this.#ran;
  }
}

/** Sleeping workflows continue with newer code: pinned ones would keep last year's workers alive for up to a year. */
function versioning(
  deploymentName: string | undefined,
  buildId: string,
): Pick<WorkerOptions, 'workerDeploymentOptions'> {
  if (deploymentName === undefined) return {};
  return {
    workerDeploymentOptions: {
      useWorkerVersioning: true,
      version: { deploymentName, buildId },
      defaultVersioningBehavior: 'AUTO_UPGRADE',
    },
  };
}
