import { Injectable } from '@nestjs/common';
import { reportKinds, type ReportKind } from '@tenure/contracts';
import { Database, Health, queryRows, type Counter } from '@tenure/platform';
import type { Outcome } from '../domain/attempt.js';

const outcomes: readonly Outcome['kind'][] = ['taken', 'not_taken', 'unclear', 'sender_refused', 'refused'];

/** More than anybody looks through one by one. */
const MOST = 10_000;

/** How e-mails fare, for the dashboards: what the provider says when it is asked to send them, and what it reports later. */
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
      'E-mails handed to the provider, by what came of it, each as often as that was tried.',
      'outcome',
      outcomes,
    );
    this.#reported = metrics.counter(
      'tenure_email_reports_total',
      'What the provider has reported of our e-mails, by kind; each report once.',
      'kind',
      reportKinds,
    );
    metrics.gauges({
      read: () => this.#unknown(),
      gauges: {
        deliveries: [
          'tenure_deliveries_unknown',
          `Deliveries of which nobody knows whether they were sent; ${MOST} stand for more.`,
        ],
      },
    });
  }

  /** Once it is stored: a transaction may be tried anew. */
  answered(outcome: Outcome['kind'], emails: number): void {
    this.#answered.inc({ outcome }, emails);
  }

  /** Once it is stored. */
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
