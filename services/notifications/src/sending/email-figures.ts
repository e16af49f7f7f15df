import { Injectable } from '@nestjs/common';
import { reportKinds, type ReportKind } from '@tenure/contracts';
import { Database, Health, queryRows, type Counter } from '@tenure/platform';
import type { Outcome } from '../domain/attempt.js';

const outcomes: readonly Outcome['kind'][] = ['taken', 'not_taken', 'unclear', 'sender_refused', 'refused'];

/** More than anybody would go through one by one. */
const MOST = 10_000;

/**
 * Counts for the dashboards: what is still to be sent (if it is old, reminders do not go out), the provider's answers
 * when e-mails are sent, and its later reports.
 */
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
      read: () => this.#read(),
      gauges: {
        planned: ['tenure_notices_planned', 'Notices that are stored and have not ended yet.'],
        oldest: ['tenure_notices_oldest_seconds', 'Age of the oldest notice that has not ended yet.'],
        unknown: [
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

  #read() {
    return this.database.asService((em) =>
      queryRows<{ planned: number; oldest: number; unknown: number }>(
        em,
        `select count(*)::int as planned, coalesce(extract(epoch from now() - min(requested_at)), 0)::float as oldest,
           (select count(*)::int from
             (select from notifications.deliveries where status = 'unknown' limit ?) as counted) as unknown
         from notifications.notices where status = 'planned'`,
        [MOST],
      ),
    );
  }
}
