import { Injectable } from '@nestjs/common';
import { reportKinds, type ReportKind } from '@tenure/contracts';
import { Database, Health, queryRows } from '@tenure/platform';
import type { Outcome } from '../domain/attempt.js';

const outcomes: readonly Outcome['kind'][] = ['taken', 'not_taken', 'unclear', 'sender_refused', 'refused'];

/** More than anybody looks through one by one. */
const MOST = 10_000;

/** How e-mails fare, for the dashboards: what the provider says when it is asked to send them, and what it reports later. */
@Injectable()
export class EmailFigures {
  readonly #answered = new Map(outcomes.map((outcome) => [outcome, 0]));
  readonly #reported = new Map(reportKinds.map((kind) => [kind, 0]));

  constructor(
    private readonly database: Database,
    health: Health,
  ) {
    health.measure(
      {
        name: 'tenure_emails_total',
        help: 'E-mails handed to the provider, by what came of it, each as often as that was tried.',
        type: 'counter',
        read: () => samplesOf('outcome', this.#answered),
      },
      {
        name: 'tenure_email_reports_total',
        help: 'What the provider has reported of our e-mails, by kind; each report once.',
        type: 'counter',
        read: () => samplesOf('kind', this.#reported),
      },
      {
        name: 'tenure_deliveries_unknown',
        help: `Deliveries of which nobody knows whether they were sent; ${MOST} stand for more.`,
        type: 'gauge',
        read: () => this.#unknown(),
      },
    );
  }

  /** Once it is stored: a transaction may be tried anew. */
  answered(outcome: Outcome['kind'], emails: number): void {
    add(this.#answered, outcome, emails);
  }

  /** Once it is stored. */
  reported(kind: ReportKind): void {
    add(this.#reported, kind, 1);
  }

  async #unknown(): Promise<{ value: number }[]> {
    const [row] = await this.database.asService((em) =>
      queryRows<{ value: number }>(
        em,
        `select count(*)::int as value from
           (select from notifications.deliveries where status = 'unknown' limit ?) as counted`,
        [MOST],
      ),
    );
    return [row!];
  }
}

function add<K>(counts: Map<K, number>, of: K, more: number): void {
  counts.set(of, (counts.get(of) ?? 0) + more);
}

function samplesOf(label: string, counts: ReadonlyMap<string, number>) {
  return [...counts].map(([of, value]) => ({ labels: { [label]: of }, value }));
}
