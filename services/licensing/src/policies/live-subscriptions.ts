import type { EntityManager } from '@mikro-orm/postgresql';
import { beforeAllIds, queryRows } from '@tenure/platform';

const live = `
  from licensing.subscriptions s join licensing.entitlements e using (account_id)
  where s.organization_id = ? and e.valid_until > now()`;

/** How many of an organization's subscriptions have not expired. */
export async function countLive(em: EntityManager, organizationId: string): Promise<number> {
  const [row] = await queryRows<{ count: number }>(em, `select count(*)::int as count ${live}`, [organizationId]);
  return row!.count;
}

/** Accounts whose subscription has not expired, by their ids. @param rest such as `for update of s` */
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
