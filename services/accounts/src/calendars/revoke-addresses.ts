import type { EntityManager } from '@mikro-orm/postgresql';
import { queryRows, sendAlong } from '@tenure/platform';
import { recordAudit } from '../database/audit.js';
import { recordOrganizationChanged } from '../organizations/record-organization-changed.js';

interface Revoking {
  organizationId: string;
  /** The member who revokes; left out for the operator. */
  memberId?: string;
}

/**
 * Since when the address `c` is revoked: individually, or together with all addresses in earlier reminders (ADR 41).
 */
export const sinceRevoked = `coalesce(c.revoked_at, (
  select min(r.revoked_at) from accounts.calendar_revocations r
  where r.organization_id = c.organization_id and c.account_id is not null and r.revoked_at >= c.created_at))`;

/** The valid addresses from reminders: newer than the last revocation. Takes the organization's id twice. */
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

/** Revokes all of them with one row. Records nothing if there are none. @returns whether there were any */
export async function revokeInReminders(em: EntityManager, by: Revoking): Promise<boolean> {
  const { organizationId } = by;
  const addresses = await countInReminders(em, organizationId);
  if (addresses > 0)
    await sendAlong(em, 'insert into accounts.calendar_revocations (organization_id) values (?)', [organizationId]);
  return onRecord(em, by, 'calendar.reminders_revoked', addresses);
}

/** Revokes the feed; with `createdBy`, only if this member created it. @returns whether there was one */
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

/**
 * Revokes the feed that a member created who may no longer see what it contains: its address was shown only to them.
 */
export async function revokeFeedOf(
  em: EntityManager,
  { organizationId, memberId }: { organizationId: string; memberId: string },
): Promise<void> {
  if (await revokeFeed(em, { organizationId, createdBy: memberId }))
    await recordOrganizationChanged(em, organizationId);
}
