import type { WorkflowService } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time.js';

export interface WaitingTasks {
  waiting: number;
  /** How long the oldest has waited; 0 if none waits. */
  oldestSeconds: number;
}

/** Workflow tasks and activity tasks. */
const types = [1, 2];

/**
 * What waits in a task queue for any worker, in total and by priority, as of some seconds ago. A task that waits for
 * the worker that has its workflow in memory moves to this queue after a while.
 * @throws Error if Temporal does not report it
 */
export async function waitingTasks(
  engine: WorkflowService,
  { namespace, taskQueue }: { namespace: string; taskQueue: string },
): Promise<{ all: WaitingTasks; ofPriority(key: number): WaitingTasks }> {
  const queues = await Promise.all(
    types.map((taskQueueType) =>
      engine.describeTaskQueue({ namespace, taskQueue: { name: taskQueue }, taskQueueType, reportStats: true }),
    ),
  );
  if (queues.some(({ stats }) => !stats)) throw new Error('Temporal does not report the backlog of the task queue.');
  return {
    all: together(queues.map(({ stats }) => stats)),
    ofPriority: (key) => together(queues.map(({ statsByPriorityKey }) => statsByPriorityKey[key])),
  };
}

type Stats = Awaited<ReturnType<WorkflowService['describeTaskQueue']>>['stats'];

function together(stats: Stats[]): WaitingTasks {
  return {
    waiting: stats.reduce((sum, each) => sum + Number(each?.approximateBacklogCount ?? 0), 0),
    oldestSeconds: Math.max(...stats.map((each) => tsToMs(each?.approximateBacklogAge ?? {}) / 1_000)),
  };
}
