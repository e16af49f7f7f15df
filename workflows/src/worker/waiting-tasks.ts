import { Injectable } from '@nestjs/common';
import { applicationPriority } from '@tenure/contracts/workflows';
import { Health } from '@tenure/platform/messaging';
import { waitingTasks } from '@tenure/platform/temporal';
import { Settings } from '../settings.js';
import { TemporalConnection } from './temporal-connection.js';

/**
 * The tasks that wait for a worker, for the dashboards: their number grows when there are too few workers or when
 * workers hang.
 */
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
        waiting: ['tenure_tasks_waiting', 'Tasks that no worker has picked up yet: all, and those of applications.'],
        oldestSeconds: ['tenure_tasks_oldest_seconds', 'How long the oldest of these tasks has been waiting.'],
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
