import type { EntityManager } from '@mikro-orm/postgresql';
import { queryRows, sendAlong } from '@tenure/platform';
import { recordAudit } from '../database/audit.js';
import { tellOrganization } from '../organizations/tell-organization.js';

interface Revoking {
  organizationId: string;
  /** Who revokes; left out for the operator. */
  memberId?: string;
}

/** Since when the address `c` holds no more: revoked by itself, or with all that reminders had left by then (ADR 41). */
export const sinceRevoked = `coalesce(c.revoked_at, (
  select min(r.revoked_at) from accounts.calendar_revocations r
  where r.organization_id = c.organization_id and c.account_id is not null and r.revoked_at >= c.created_at))`;

/** Those that reminders have left and that hold: newer than the last revocation. Twice the organization. */
const inReminders = `
  from accounts.calendars where organization_id = ? and account_id is not null and revoked_at is null and created_at >
    coalesce((select max(revoked_at) from accounts.calendar_revocations where organization_id = ?), '-infinity')`;

export async function countInReminders(em: EntityManager, organizationId: string): Promise<number> {
  const [counted] = await queryRows<{ addresses: number }>(em, `select count(*)::int as addresses ${inReminders}`, [
    organizationId,
    organizationId,
  ]);
  return counted!.addresses;
}

/** All of them, by one row. Nothing is recorded where there was none. @returns whether there was */
export async function revokeInReminders(em: EntityManager, by: Revoking): Promise<boolean> {
  const { organizationId } = by;
  const addresses = await countInReminders(em, organizationId);
  if (addresses > 0) await sendAlong(em, revocation, [organizationId, organizationId, organizationId]);
  return onRecord(em, by, 'calendar.reminders_revoked', addresses);
}

/** The version before looks at the addresses alone: for it, the latest are marked as well, as many as there is time for. */
const revocation = `
  with revocation as (insert into accounts.calendar_revocations (organization_id) values (?) returning revoked_at)
  update accounts.calendars set revoked_at = (select revoked_at from revocation)
  where token_hash in (select token_hash ${inReminders} order by created_at desc limit 10000)`;

/** The feed; with `createdBy`, only one that this member had made. The same. */
export async function revokeFeed(em: EntityManager, by: Revoking & { createdBy?: string }): Promise<boolean> {
  const revoked = await queryRows(
    em,
    `update accounts.calendars set revoked_at = now()
     where organization_id = ? and account_id is null and revoked_at is null and (?::uuid is null or created_by = ?::uuid)
     returning 1`,
    [by.organizationId, by.createdBy ?? null, by.createdBy ?? null],
  );
  return onRecord(em, by, 'calendar.feed_revoked', revoked.length);
}

async function onRecord(
  em: EntityManager,
  { organizationId, memberId }: Revoking,
  action: 'calendar.feed_revoked' | 'calendar.reminders_revoked',
  addresses: number,
): Promise<boolean> {
  if (addresses === 0) return false;
  await recordAudit(em, { organizationId, memberId, action, details: { addresses } });
  return true;
}

/** The feed that a member has made, who may not know any more what it says: they alone were shown its address. */
export async function revokeFeedOf(
  em: EntityManager,
  { organizationId, memberId }: { organizationId: string; memberId: string },
): Promise<void> {
  if (await revokeFeed(em, { organizationId, createdBy: memberId })) await tellOrganization(em, organizationId);
}
