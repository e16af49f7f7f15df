import type { EntityManager } from '@mikro-orm/postgresql';
import { queryRows } from '@tenure/platform';

/**
 * The zone in which a query counts an organization's days: its own, or UTC if this PostgreSQL does not know it. It and
 * Node each have their own list.
 */
export async function zoneOfQueries(em: EntityManager, organizationId: string): Promise<string> {
  const [own] = await queryRows<{ timeZone: string }>(
    em,
    `select case when accounts.local_date(now(), time_zone) is null then 'UTC' else time_zone end as "timeZone"
     from accounts.organizations where organization_id = ?`,
    [organizationId],
  );
  return own?.timeZone ?? 'UTC';
}
