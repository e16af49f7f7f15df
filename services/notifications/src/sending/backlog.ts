import { Injectable } from '@nestjs/common';
import { Database, Health } from '@tenure/platform';

/**
 * The number and age of notices still to be sent, for the dashboards: an old backlog means that reminders do not go
 * out.
 */
@Injectable()
export class Backlog {
  constructor(
    private readonly database: Database,
    health: Health,
  ) {
    health.metrics.gauges({
      read: () => this.#read(),
      gauges: {
        planned: ['tenure_notices_planned', 'Notices that are stored and have not ended yet.'],
        oldest: ['tenure_notices_oldest_seconds', 'Age of the oldest notice that has not ended yet.'],
      },
    });
  }

  #read() {
    return this.database.asService((em) =>
      em.execute<{ planned: number; oldest: number }[]>(
        `select count(*)::int as planned, coalesce(extract(epoch from now() - min(requested_at)), 0)::float as oldest
         from notifications.notices where status = 'planned'`,
      ),
    );
  }
}
