import { Injectable } from '@nestjs/common';
import { subscriptionWorkflow } from '@tenure/contracts/workflows';
import { Health } from '@tenure/platform/messaging';
import { Settings } from '../settings.js';
import { TemporalConnection } from './temporal-connection.js';

/** Temporal counts by scanning its list of workflows: once a minute is enough, however often the metric is read. */
const KEPT_MS = 60_000;

const states = {
  running: () => 'ExecutionStatus = "Running"',
  /** Each active account has one. Applications come and go within days. */
  subscriptions: () => `ExecutionStatus = "Running" AND WorkflowType = "${subscriptionWorkflow}"`,
  /** Their tasks keep being retried. Temporal marks a workflow after several failures in a row. */
  failing: () => 'ExecutionStatus = "Running" AND TemporalReportedProblems IS NOT NULL',
  /** Ended by an operator's mistake or by a defect: a workflow that ends as intended is completed. */
  broken_off: (now: number) =>
    `ExecutionStatus IN ("Failed", "Terminated", "Canceled", "TimedOut") AND CloseTime > "${new Date(now - 3_600_000).toISOString()}"`,
};

/** Counts workflows by state, for the dashboards. */
@Injectable()
export class WorkflowFigures {
  #counted: { at: number; samples: Promise<{ labels: { state: string }; value: number }[]> } | undefined;

  constructor(
    private readonly temporal: TemporalConnection,
    private readonly settings: Settings,
    health: Health,
  ) {
    health.metrics.gauges({
      labels: ['state'],
      read: () => this.read(Date.now()),
      gauges: {
        value: [
          'tenure_workflows',
          'Running workflows; those of them that are subscriptions, and those whose tasks keep failing; workflows that failed, timed out or were terminated or canceled within the last hour.',
        ],
      },
    });
  }

  /** The counts, at most a minute old, even if the clock was set back. */
  read(now: number) {
    if (this.#counted === undefined || Math.abs(now - this.#counted.at) >= KEPT_MS) {
      const samples = Promise.all(
        Object.entries(states).map(async ([state, query]) => {
          const ours = `TaskQueue = "${this.settings.temporal.taskQueue}" AND ${query(now)}`;
          const { count } = await this.temporal.client.workflow.count(ours);
          return { labels: { state }, value: count };
        }),
      );
      this.#counted = { at: now, samples };
      // A failure is not cached.
      samples.catch(() => (this.#counted = undefined));
    }
    return this.#counted.samples;
  }
}
