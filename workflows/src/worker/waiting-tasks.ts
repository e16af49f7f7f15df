import { Injectable } from '@nestjs/common';
import { applicationPriority } from '@tenure/contracts/workflows';
import { Health, onceAtATime } from '@tenure/platform/messaging';
import { waitingTasks, type WaitingTasks as Waiting } from '@tenure/platform/temporal';
import { Settings } from '../settings.js';
import { TemporalConnection } from './temporal-connection.js';

/** What waits for a worker, for the dashboards: with too few of them, or where they hang, it grows. */
@Injectable()
export class WaitingTasks {
  constructor(
    private readonly temporal: TemporalConnection,
    private readonly settings: Settings,
    health: Health,
  ) {
    const gauge = (name: string, help: string, figure: keyof Waiting) =>
      health.measure({
        name,
        help,
        type: 'gauge',
        read: async () =>
          Object.entries(await this.read()).map(([of, tasks]) => ({ labels: { of }, value: tasks[figure] })),
      });
    gauge('tenure_tasks_waiting', 'Tasks that no worker has taken up yet: all, and those of applications.', 'waiting');
    gauge('tenure_tasks_oldest_seconds', 'For how long the oldest of these tasks has waited.', 'oldestSeconds');
  }

  readonly read = onceAtATime(async () => {
    const { namespace, taskQueue } = this.settings.temporal;
    const { all, ofPriority } = await waitingTasks(this.temporal.native.workflowService, { namespace, taskQueue });
    return { all, applications: ofPriority(applicationPriority) };
  });
}
