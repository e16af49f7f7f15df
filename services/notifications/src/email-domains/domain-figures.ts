import { Injectable } from '@nestjs/common';
import { emailDomainStatuses } from '@tenure/contracts';
import { Database, Health, onceAtATime, queryRows } from '@tenure/platform';

/** How organizations' domains stand, for the dashboards, and whether anybody looks at them: the provider may be out of reach. */
@Injectable()
export class DomainFigures {
  constructor(
    private readonly database: Database,
    health: Health,
  ) {
    const gauge = (name: string, help: string, figure: 'domains' | 'seconds') =>
      health.measure({
        name,
        help,
        type: 'gauge',
        read: async () => {
          const rows = await this.#read();
          return emailDomainStatuses.map((status) => ({
            labels: { status },
            value: rows.find((row) => row.status === status)?.[figure] ?? 0,
          }));
        },
      });
    gauge('tenure_email_domains', 'Domains that organizations have added, by status.', 'domains');
    gauge(
      'tenure_email_domains_unseen_seconds',
      'How long ago the provider last said how the domain stands of which that is longest ago, by status.',
      'seconds',
    );
  }

  /** A row for each domain, of which an organization has 20 at most. */
  readonly #read = onceAtATime(() =>
    this.database.asService((em) =>
      queryRows<{ status: string; domains: number; seconds: number }>(
        em,
        `select status, count(*)::int as domains,
           extract(epoch from now() - min(coalesce(checked_at, added_at)))::float as seconds
         from notifications.email_domains where added_at is not null group by status`,
        [],
      ),
    ),
  );
}
