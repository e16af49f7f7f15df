import { Injectable } from '@nestjs/common';
import { reportKinds, type ReportKind } from '@tenure/contracts';
import { Database, Health, queryRows, type Counter } from '@tenure/platform';
import type { Outcome } from '../domain/attempt.js';

const outcomes: readonly Outcome['kind'][] = ['taken', 'not_taken', 'unclear', 'sender_refused', 'refused'];

/** More than anybody would go through one by one. */
const MOST = 10_000;

/** Counts of e-mails for the dashboards: the provider's answers when they are sent, and its later reports. */
@Injectable()
export class EmailFigures {
  readonly #answered: Counter<'outcome'>;
  readonly #reported: Counter<'kind'>;

  constructor(
    private readonly database: Database,
    { metrics }: Health,
  ) {
    this.#answered = metrics.counter(
      'tenure_emails_total',
      'E-mails handed to the provider, by outcome; each attempt counts.',
      'outcome',
      outcomes,
    );
    this.#reported = metrics.counter(
      'tenure_email_reports_total',
      'Reports of the provider on our e-mails, by kind; each report counts once.',
      'kind',
      reportKinds,
    );
    metrics.gauges({
      read: () => this.#unknown(),
      gauges: {
        deliveries: [
          'tenure_deliveries_unknown',
          `Deliveries of which nobody knows whether they were sent; counted up to ${MOST}.`,
        ],
      },
    });
  }

  /** Call it after the commit: a transaction may be retried. */
  answered(outcome: Outcome['kind'], emails: number): void {
    this.#answered.inc({ outcome }, emails);
  }

  /** Call it after the commit. */
  reported(kind: ReportKind): void {
    this.#reported.inc({ kind });
  }

  async #unknown(): Promise<{ deliveries: number }[]> {
    const [row] = await this.database.asService((em) =>
      queryRows<{ deliveries: number }>(
        em,
        `select count(*)::int as deliveries from
           (select from notifications.deliveries where status = 'unknown' limit ?) as counted`,
        [MOST],
      ),
    );
    return [row!];
  }
}
