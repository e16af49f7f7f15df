import type { WaitingTasks } from '@tenure/platform/temporal';
import { counted } from '@tenure/platform/command/figures';

const seen = 'tenure_tasks_waiting at /metrics of a worker (docs/operations/worker-down.md)';

/**
 * Describes what is still pending after workflows were started: each has a first task, and due notices are sent only
 * once a worker processes it.
 */
export async function pendingTasks(waiting: () => Promise<WaitingTasks>): Promise<string[]> {
  const tasks = await waiting().catch(() => undefined);
  if (tasks === undefined) return [`How many of their tasks still wait for a worker: ${seen}.`];
  if (tasks.waiting === 0) return [];
  return [
    `${counted(tasks.waiting, 'task')} of workflows still ${tasks.waiting === 1 ? 'waits' : 'wait'} for a worker; due notices are sent only after that. How many are left: ${seen}.`,
  ];
}
