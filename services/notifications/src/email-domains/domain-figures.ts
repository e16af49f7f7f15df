import { Injectable } from '@nestjs/common';
import { emailDomainStatuses } from '@tenure/contracts';
import { Database, Health, queryRows } from '@tenure/platform';

/** How organizations' domains stand, for the dashboards, and whether anybody looks at them: the provider may be out of reach. */
@Injectable()
export class DomainFigures {
  constructor(
    private readonly database: Database,
    health: Health,
  ) {
    health.metrics.gauges({
      labels: ['status'],
      read: () => this.#read(),
      gauges: {
        domains: ['tenure_email_domains', 'Domains that organizations have added, by status.'],
        seconds: [
          'tenure_email_domains_unseen_seconds',
          'How long ago the provider last said how the domain stands of which that is longest ago, by status.',
        ],
      },
    });
  }

  /** A row for each domain, of which an organization has 20 at most. */
  async #read() {
    const rows = await this.database.asService((em) =>
      queryRows<{ status: string; domains: number; seconds: number }>(
        em,
        `select status, count(*)::int as domains,
           extract(epoch from now() - min(coalesce(checked_at, added_at)))::float as seconds
         from notifications.email_domains where added_at is not null group by status`,
        [],
      ),
    );
    return emailDomainStatuses.map((status) => {
      const { domains = 0, seconds = 0 } = rows.find((row) => row.status === status) ?? {};
      return { labels: { status }, domains, seconds };
    });
  }
}
