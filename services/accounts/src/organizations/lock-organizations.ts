import type { EntityManager } from '@mikro-orm/postgresql';
import { idArray, sendAlong } from '@tenure/platform';

/**
 * Serializes changes of organizations' members and of what they may see. Always locks in the same order, and before
 * anything that belongs to an organization, so that two transactions do not deadlock.
 */
export function lockOrganizations(em: EntityManager, organizationIds: readonly string[]): Promise<void> {
  return sendAlong(
    em,
    `select from accounts.organizations where organization_id = any(?::uuid[])
     order by organization_id for no key update`,
    [idArray(organizationIds)],
  );
}
