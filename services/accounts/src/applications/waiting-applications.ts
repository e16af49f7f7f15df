import { Injectable } from '@nestjs/common';
import { Database, Health, queryRows } from '@tenure/platform';

/** Only this many are read, the oldest first. In practice, fewer are waiting. */
const MOST = 10_000;

interface Waiting {
  applications: number;
  /** How late the most overdue one is, in seconds; 0 if none is. */
  late: number;
}

/**
 * Metrics for the dashboards: how many applications are waiting, and whether one is waiting for something that should
 * have happened automatically.
 */
@Injectable()
export class WaitingApplications {
  constructor(
    private readonly database: Database,
    health: Health,
  ) {
    health.metrics.gauges({
      labels: ['status'],
      read: () => Promise.all((['pending', 'decided', 'approved'] as const).map((status) => this.#read(status))),
      gauges: {
        applications: [
          'tenure_applications',
          `Applications that have not ended, by status, and pending ones with a decision that is not settled; ${MOST} means at least that many.`,
        ],
        late: [
          'tenure_applications_late_seconds',
          'How long ago the most overdue pending application should have lapsed, or the decided or approved application that has waited longest was decided.',
        ],
      },
    });
  }

  async #read(status: keyof typeof since) {
    const [row] = await this.database.asService((em) =>
      queryRows<Waiting>(
        em,
        `select count(*)::int as applications, greatest(extract(epoch from now() - min(since)), 0)::float as late
         from (${since[status]} limit ?) as waiting`,
        [MOST],
      ),
    );
    return { labels: { status }, ...row! };
  }
}

/** Since when each is late, in the account's clock, which outside a sandbox is the wall clock. */
const since = {
  pending: `select lapses_at as since from accounts.applications where status = 'pending' order by submitted_at`,
  decided: `select d.decided_at as since
    from accounts.applications a join accounts.decisions d using (application_id)
    where status = 'pending' and outcome = 'recorded' order by submitted_at`,
  approved: `select (select max(decided_at) from accounts.decisions d where d.application_id = a.application_id) as since
    from accounts.applications a where status = 'approved' order by submitted_at`,
};
