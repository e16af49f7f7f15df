import { Injectable } from '@nestjs/common';
import { Database, Health } from '@tenure/platform';

/** How much is left to be sent, for the dashboards: a backlog that grows old is a reminder that does not go out. */
@Injectable()
export class Backlog {
  constructor(
    private readonly database: Database,
    health: Health,
  ) {
    health.metrics.gauges({
      read: () => this.#read(),
      gauges: {
        planned: ['tenure_notices_planned', 'Notices stored and not ended yet.'],
        oldest: ['tenure_notices_oldest_seconds', 'Age of the oldest notice not ended yet.'],
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
