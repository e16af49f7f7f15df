import { Client, Connection, type WorkflowClient } from '@temporalio/client';
import { taskQueue } from '@tenure/contracts/workflows';
import { Stop } from '@tenure/platform/command/stop';
import { readTemporal, waitingTasks, type TemporalServer, type WaitingTasks } from '@tenure/platform/temporal';
import { needStack } from '../this-machine/stack.js';

export interface Temporal {
  workflows: WorkflowClient;
  /** The tasks that no worker has picked up yet, as of some seconds ago. */
  waiting(): Promise<WaitingTasks>;
}

/**
 * Does the work with the Temporal of the deployment that the environment names, or of the stack on this machine.
 * @throws Stop
 */
export async function withTemporal<T>(
  work: (temporal: Temporal) => Promise<T>,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<T> {
  const { server, namespace } = await temporalOf(environment);
  const connection = await Connection.connect({ ...server }).catch((error: Error) => {
    throw new Stop(`Temporal does not answer at ${server.address}: ${error.message}.`);
  });
  const queue = { namespace, taskQueue: environment.TEMPORAL_TASK_QUEUE || taskQueue };
  try {
    return await work({
      workflows: new Client({ connection, namespace }).workflow,
      waiting: async () => (await waitingTasks(connection.workflowService, queue)).all,
    });
  } finally {
    await connection.close();
  }
}

async function temporalOf(environment: NodeJS.ProcessEnv): Promise<{ server: TemporalServer; namespace: string }> {
  if (environment.NATS_URL !== undefined || environment.TEMPORAL_ADDRESS) return read(environment);
  const { temporal } = await needStack();
  return read({ ...environment, TEMPORAL_ADDRESS: temporal });
}

function read(environment: NodeJS.ProcessEnv) {
  try {
    return readTemporal(environment);
  } catch (error) {
    throw new Stop((error as Error).message);
  }
}
