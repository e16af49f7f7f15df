import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Database, Health, queryRows } from '@tenure/platform';

/** Only this many are read, those of the oldest terms first. In practice, there are none. */
const MOST = 10_000;

interface Late {
  expiries: number;
  /** How long ago the first of these accounts stopped, in seconds; 0 if none has. */
  late: number;
}

/**
 * Metrics that tell when workflows do not wake in time: their accounts have stopped, and nobody has recorded it. Nothing
 * else shows a workflow that is missing, or a Temporal whose timers fire late.
 */
@Injectable()
export class LateExpiries {
  constructor(database: Database, health: Health) {
    health.metrics.gauges({
      read: async () => [await database.asService(readLateExpiries)],
      gauges: {
        expiries: [
          'tenure_expiries_late',
          `Accounts that have expired without a record of it; ${MOST} means at least that many.`,
        ],
        late: ['tenure_expiries_late_seconds', 'How long ago the first of these accounts expired.'],
      },
    });
  }
}

/**
 * An account stops later than its term if a renewal kept it working, and was imported later if it had expired before. One
 * whose clock is ahead is left out: it stops early by any other clock, and while its clock is being moved.
 */
export async function readLateExpiries(em: EntityManager): Promise<Late> {
  const [row] = await queryRows<Late>(
    em,
    `select count(*)::int as expiries, greatest(extract(epoch from now() - min(stopped)), 0)::float as late
     from (
       select greatest(e.valid_until, t.stopped_at, s.imported_at) as stopped
       from licensing.terms t
       join licensing.entitlements e using (account_id)
       join licensing.subscriptions s using (account_id)
       where t.expired_at is null and t.policy_id is null and t.expires_at < now() and e.valid_until < now()
         and s.clock_ahead_seconds = 0
         and not exists (select from licensing.terms where account_id = t.account_id and number > t.number)
       order by t.expires_at limit ?) as stopped`,
    [MOST],
  );
  return row!;
}
