import { Injectable } from '@nestjs/common';
import { Database, Health, onceAtATime } from '@tenure/platform';

/** How much is left to be sent, for the dashboards: a backlog that grows old is a reminder that does not go out. */
@Injectable()
export class Backlog {
  constructor(
    private readonly database: Database,
    health: Health,
  ) {
    health.measure(
      {
        name: 'tenure_notices_planned',
        help: 'Notices stored and not ended yet.',
        type: 'gauge',
        read: async () => [{ value: (await this.#read()).planned }],
      },
      {
        name: 'tenure_notices_oldest_seconds',
        help: 'Age of the oldest notice not ended yet.',
        type: 'gauge',
        read: async () => [{ value: (await this.#read()).oldest }],
      },
    );
  }

  readonly #read = onceAtATime(() =>
    this.database.asService(async (em) => {
      const [row] = await em.execute<{ planned: number; oldest: number }[]>(
        `select count(*)::int as planned, coalesce(extract(epoch from now() - min(requested_at)), 0)::float as oldest
         from notifications.notices where status = 'planned'`,
      );
      return row!;
    }),
  );
}
