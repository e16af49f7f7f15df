import { Injectable } from '@nestjs/common';
import { taskQueue } from '@tenure/contracts/workflows';
import { readConfiguration } from '@tenure/platform';
import { z } from 'zod';

const onOrOff = z.enum(['on', 'off']).default('off');

/** The worker's environment variables, besides those of the platform (NATS_…, HEALTH_PORT, LOG_LEVEL). */
const settings = z.object({
  TEMPORAL_ADDRESS: z.string().min(1),
  TEMPORAL_NAMESPACE: z.string().min(1).default('tenure'),
  TEMPORAL_TASK_QUEUE: z.string().min(1).default(taskQueue),
  /** Workflows kept in memory between two wakes; the others are replayed from their history. */
  WORKFLOWS_CACHED: z.coerce.number().int().min(1).default(500),
  /** Lets accounts have clocks that run ahead. Never in production. */
  SANDBOX: onOrOff,
  /**
   * The name of the worker deployment: workers are versioned by the code of their workflows, and each workflow goes on
   * with the current version. Left out: they are not versioned.
   */
  WORKER_DEPLOYMENT: z.string().min(1).optional(),
});

/** The worker's configuration, read when it is wired. */
@Injectable()
export class Settings {
  readonly #values = readConfiguration(settings);

  readonly temporal = {
    address: this.#values.TEMPORAL_ADDRESS,
    namespace: this.#values.TEMPORAL_NAMESPACE,
    taskQueue: this.#values.TEMPORAL_TASK_QUEUE,
  };
  readonly workflowsCached = this.#values.WORKFLOWS_CACHED;
  readonly sandbox = this.#values.SANDBOX === 'on';
  readonly deployment = this.#values.WORKER_DEPLOYMENT;
}
