import type { EntityManager } from '@mikro-orm/postgresql';
import { beforeAllIds, queryRows } from '@tenure/platform';
import { lastTerm } from '../contract/load-contract.js';

const live = `
  from licensing.subscriptions s join licensing.entitlements e using (account_id)
  where s.organization_id = ? and e.valid_until > now()`;

/** How many of an organization's subscriptions have not expired. */
export async function countLive(em: EntityManager, organizationId: string): Promise<number> {
  const [row] = await queryRows<{ count: number }>(em, `select count(*)::int as count ${live}`, [organizationId]);
  return row!.count;
}

/** The accounts whose subscription has not expired, in the order of their ids. @param rest such as `for update of s` */
export async function pageOfLive(
  em: EntityManager,
  { organizationId, after, limit }: { organizationId: string; after: string | null; limit: number },
  rest = '',
): Promise<string[]> {
  const rows = await queryRows<{ account_id: string }>(
    em,
    `select s.account_id ${live} and s.account_id > ?::uuid order by s.account_id limit ? ${rest}`,
    [organizationId, after ?? beforeAllIds, limit],
  );
  return rows.map(({ account_id }) => account_id);
}

/** A group of accounts whose reminders are calculated from the same dates: one of them, and the size of the group. */
export interface Alike {
  accountId: string;
  accounts: number;
}

/**
 * What reminders are calculated from, apart from an account's own spread. The most selective columns come first, so
 * that usually only they are compared.
 */
const dates = `t.anchor, t.months, t.months_before, t.number, s.clock_ahead_seconds, s.policy_id, s.time_zone, s.past_when_applied`;

/**
 * Groups the accounts whose subscription has not expired by what their reminders are calculated from: among thousands
 * of accounts, most share their dates with others.
 * @param areSpread if so, each account is its own group
 */
export function alikeOfLive(
  em: EntityManager,
  { organizationId, areSpread, most }: { organizationId: string; areSpread: boolean; most: number },
): Promise<Alike[]> {
  return queryRows(
    em,
    `select min(s.account_id::text) as "accountId", count(*)::int as accounts
     from licensing.subscriptions s join licensing.entitlements e using (account_id)
     ${lastTerm}
     where s.organization_id = ? and e.valid_until > now()
     group by ${areSpread ? 's.account_id' : dates} order by 1 limit ?`,
    [organizationId, most],
  );
}
