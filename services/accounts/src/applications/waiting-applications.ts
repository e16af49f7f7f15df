import { Injectable } from '@nestjs/common';
import { Database, Health, onceAtATime, queryRows } from '@tenure/platform';

/** Those that were submitted first are looked at; more wait for Customer Success at no time. */
const MOST = 10_000;

interface Waiting {
  applications: number;
  /** How long they are late, in seconds: 0 when none is. */
  late: number;
}

/** How many applications wait, for the dashboards, and whether one waits for what should have come by itself. */
@Injectable()
export class WaitingApplications {
  constructor(
    private readonly database: Database,
    health: Health,
  ) {
    const gauge = (name: string, help: string, figure: keyof Waiting) =>
      health.measure({
        name,
        help,
        type: 'gauge',
        read: async () =>
          (await this.#read()).map(({ status, ...waiting }) => ({ labels: { status }, value: waiting[figure] })),
      });
    gauge(
      'tenure_applications',
      `Applications that have not ended, by status; ${MOST} stand for more.`,
      'applications',
    );
    gauge(
      'tenure_applications_late_seconds',
      'How long ago a pending application should have lapsed, or an approved one was decided, of that which is the latest.',
      'late',
    );
  }

  readonly #read = onceAtATime(() =>
    Promise.all(
      (['pending', 'approved'] as const).map(async (status) => ({ status, ...(await this.#readOf(status)) })),
    ),
  );

  async #readOf(status: 'pending' | 'approved'): Promise<Waiting> {
    const [row] = await this.database.asService((em) =>
      queryRows<Waiting>(
        em,
        `select count(*)::int as applications, greatest(extract(epoch from now() - min(since)), 0)::float as late
         from (${since[status]} limit ?) as waiting`,
        [MOST],
      ),
    );
    return row!;
  }
}

/** Since when each is late. In the account's clock, which outside a sandbox is that of all. */
const since = {
  pending: `select lapses_at as since from accounts.applications where status = 'pending' order by submitted_at`,
  approved: `select (select max(decided_at) from accounts.decisions d where d.application_id = a.application_id) as since
    from accounts.applications a where status = 'approved' order by submitted_at`,
};
