import { Injectable } from '@nestjs/common';
import { taskQueue } from '@tenure/contracts/workflows';
import { answeringSettings, readConfiguration } from '@tenure/platform/messaging';
import { readTemporal, temporalVariables } from '@tenure/platform/temporal';
import { z } from 'zod';

const onOrOff = z.enum(['on', 'off']).default('off');

/** The worker's environment variables, besides those of the platform (NATS_…, HEALTH_PORT, LOG_LEVEL). */
const own = z.object({
  ...temporalVariables,
  TEMPORAL_TASK_QUEUE: z.string().min(1).default(taskQueue),
  /** Workflows kept in memory while they sleep; the others are replayed from their history when they wake. */
  WORKFLOWS_CACHED: z.coerce.number().int().min(1).default(2_000),
  /** Allows account clocks that run ahead. Never in production. */
  SANDBOX: onOrOff,
  /**
   * The name of the worker deployment. If set, its workers are versioned, and workflows continue with the version that
   * was made current. If not, any worker continues any workflow.
   */
  WORKER_DEPLOYMENT: z.string().min(1).optional(),
  /** The version; defaults to a digest of the workflows' code. */
  WORKER_BUILD_ID: z.string().min(1).optional(),
});

/** All that the process reads from its environment. */
export const settings = [...answeringSettings, own];

/** The worker's configuration, read at startup. */
@Injectable()
export class Settings {
  readonly #environment = { ...process.env };
  readonly #values = readConfiguration(own);

  readonly temporal = {
    /** As its variables and files say now. */
    server: () => readTemporal(this.#environment).server,
    namespace: this.#values.TEMPORAL_NAMESPACE,
    taskQueue: this.#values.TEMPORAL_TASK_QUEUE,
  };
  readonly workflowsCached = this.#values.WORKFLOWS_CACHED;
  readonly sandbox = this.#values.SANDBOX === 'on';
  readonly deployment = { name: this.#values.WORKER_DEPLOYMENT, buildId: this.#values.WORKER_BUILD_ID };
}
