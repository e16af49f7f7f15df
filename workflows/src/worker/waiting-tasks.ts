import { Injectable } from '@nestjs/common';
import { applicationPriority } from '@tenure/contracts/workflows';
import { Health } from '@tenure/platform/messaging';
import { waitingTasks } from '@tenure/platform/temporal';
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
    health.metrics.gauges({
      labels: ['of'],
      read: () => this.read(),
      gauges: {
        waiting: ['tenure_tasks_waiting', 'Tasks that no worker has taken up yet: all, and those of applications.'],
        oldestSeconds: ['tenure_tasks_oldest_seconds', 'For how long the oldest of these tasks has waited.'],
      },
    });
  }

  async read() {
    const { namespace, taskQueue } = this.settings.temporal;
    const { all, ofPriority } = await waitingTasks(this.temporal.native.workflowService, { namespace, taskQueue });
    return [
      { labels: { of: 'all' }, ...all },
      { labels: { of: 'applications' }, ...ofPriority(applicationPriority) },
    ];
  }
}
