import type { WaitingTasks } from '@tenure/platform/temporal';
import { counted } from '../terminal/figures.js';

const seen = 'tenure_tasks_waiting at /metrics of a worker (docs/operations/worker-down.md)';

/**
 * What is still on its way once workflows were started, for people: each has a first task, and only when a worker comes to
 * that is somebody told of what is due.
 */
export async function onItsWay(waiting: () => Promise<WaitingTasks>): Promise<string[]> {
  const tasks = await waiting().catch(() => undefined);
  if (tasks === undefined) return [`How many of their tasks still wait for a worker: ${seen}.`];
  if (tasks.waiting === 0) return [];
  return [
    `${counted(tasks.waiting, 'task')} of workflows still ${tasks.waiting === 1 ? 'waits' : 'wait'} for a worker, and with them what is due to be told. How many are left: ${seen}.`,
  ];
}
