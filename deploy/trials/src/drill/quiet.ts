import type { Pool } from 'pg';
import { until } from '@tenure/platform/command/until';

const whatIsLeft = `
select (select count(*) from accounts.outbox) + (select count(*) from licensing.outbox)
  + (select count(*) from notifications.outbox)
  + (select count(*) from notifications.notices where status = 'planned') as left`;

/** Waits until nothing is left to be sent or published, or for the timeout. @returns how much is left */
export function quiet(database: Pool, seconds: number): Promise<number> {
  return until(
    async () => Number((await database.query<{ left: string }>(whatIsLeft)).rows[0]!.left),
    (left) => left === 0,
    { seconds },
  );
}
