import { Injectable } from '@nestjs/common';
import { emailDomainStatuses } from '@tenure/contracts';
import { Database, Health, queryRows } from '@tenure/platform';

/**
 * Counts of the organizations' domains for the dashboards, and how long ago they were checked: the provider may be
 * unreachable.
 */
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
          'Time since the provider last reported the state of the domain that has gone longest without a report, by status.',
        ],
      },
    });
  }

  /** Scans all domains: an organization has at most 20. */
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
