import { Injectable } from '@nestjs/common';
import { subscriptionWorkflow } from '@tenure/contracts/workflows';
import { Health } from '@tenure/platform/messaging';
import { Settings } from '../settings.js';
import { TemporalConnection } from './temporal-connection.js';

/** Counting goes through what is listed of all workflows: once a minute is enough for whoever reads more often. */
const KEPT_MS = 60_000;

const states = {
  running: () => 'ExecutionStatus = "Running"',
  /** Each account that works has one. Applications come and go by the day. */
  subscriptions: () => `ExecutionStatus = "Running" AND WorkflowType = "${subscriptionWorkflow}"`,
  /** Their tasks are tried again and again. Temporal marks them after some failures in a row. */
  failing: () => 'ExecutionStatus = "Running" AND TemporalReportedProblems IS NOT NULL',
  /** By an operator's mistake, or by a defect; what ends as it should is completed. */
  broken_off: (now: number) =>
    `ExecutionStatus IN ("Failed", "Terminated", "Canceled", "TimedOut") AND CloseTime > "${new Date(now - 3_600_000).toISOString()}"`,
};

/** How many workflows there are and how they fare, for the dashboards. */
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
          'Workflows that run, those of them that are of subscriptions or whose tasks fail again and again, and those that were broken off within the last hour.',
        ],
      },
    });
  }

  /** As they were counted within the last minute. */
  read(now: number) {
    if (this.#counted === undefined || now - this.#counted.at >= KEPT_MS) {
      const samples = Promise.all(
        Object.entries(states).map(async ([state, query]) => {
          const ours = `TaskQueue = "${this.settings.temporal.taskQueue}" AND ${query(now)}`;
          const { count } = await this.temporal.client.workflow.count(ours);
          return { labels: { state }, value: count };
        }),
      );
      this.#counted = { at: now, samples };
      // What failed is not kept.
      samples.catch(() => (this.#counted = undefined));
    }
    return this.#counted.samples;
  }
}
