import type { EntityManager } from '@mikro-orm/postgresql';
import type { revokeCalendars, RequestOf } from '@tenure/contracts';
import { queryRows } from '@tenure/platform';
import { recordAudit } from '../database/audit.js';
import { tellOrganization } from '../organizations/tell-organization.js';

interface Revocation {
  organizationId: string;
  /** Who revokes; left out for the operator. */
  memberId?: string;
  which: RequestOf<typeof revokeCalendars>['which'];
  /** Only what this member had made. */
  createdBy?: string;
}

/** Nothing is recorded where there was nothing to revoke. @returns whether there was */
export async function revokeAddresses(
  em: EntityManager,
  { organizationId, memberId, which, createdBy }: Revocation,
): Promise<boolean> {
  // By itself, so that the index finds the feed among the addresses that years of reminders have left.
  const isIt = which === 'feed' ? 'account_id is null' : 'account_id is not null';
  const [revoked] = await queryRows<{ addresses: number }>(
    em,
    `with revoked as (
       update accounts.calendars set revoked_at = now()
       where organization_id = ? and revoked_at is null and ${isIt} and (?::uuid is null or created_by = ?::uuid)
       returning 1)
     select count(*)::int as addresses from revoked`,
    [organizationId, createdBy ?? null, createdBy ?? null],
  );
  const { addresses } = revoked!;
  if (addresses === 0) return false;
  const action = which === 'feed' ? 'calendar.feed_revoked' : 'calendar.reminders_revoked';
  await recordAudit(em, { organizationId, memberId, action, details: { addresses } });
  return true;
}

/** The feed that a member has made, who may not know any more what it says: they alone were shown its address. */
export async function revokeFeedOf(
  em: EntityManager,
  { organizationId, memberId }: { organizationId: string; memberId: string },
): Promise<void> {
  if (await revokeAddresses(em, { organizationId, which: 'feed', createdBy: memberId }))
    await tellOrganization(em, organizationId);
}
