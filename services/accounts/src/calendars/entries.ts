import type { EntityManager } from '@mikro-orm/postgresql';
import type { CalendarEntry } from '@tenure/contracts';
import { isKnownZone, localDate } from '@tenure/lifecycle';
import { queryRows, sendAlong } from '@tenure/platform';
import { hashOf, newToken } from './token.js';

/** Calendar programs cannot handle more than this. */
const most = 2_000;

/** The organization that owns the accounts; its version grows with each revocation (`recordOrganizationChanged`). */
interface OrganizationNow {
  organizationId: string;
  version: number;
}

/** The upcoming expiries of an organization's accounts, and those of the last month, earliest first. */
export function organizationEntries(em: EntityManager, organization: OrganizationNow): Promise<CalendarEntry[]> {
  return entries(
    em,
    organization.version,
    `where a.organization_id = ? and a.created_at is not null and a.expires_at >= now() - interval '31 days'
     order by a.expires_at, a.account_id limit ${most}`,
    [organization.organizationId],
  );
}

/** The entry of one account; none once the account is gone. */
export async function accountEntries(
  em: EntityManager,
  { organizationId, version }: OrganizationNow,
  accountId: string,
  revokedAt: string | null,
): Promise<CalendarEntry[]> {
  const where = 'where a.account_id = ? and a.organization_id = ? and a.created_at is not null';
  const found = await entries(em, version, where, [accountId, organizationId]);
  if (revokedAt === null) return found;
  return found.map((entry) => ({
    ...entry,
    accountName: null,
    // Whoever has a revoked address must not learn the new last day after a renewal.
    expiresOn: localDate(new Date(revokedAt), isKnownZone(entry.timeZone) ? entry.timeZone : 'UTC'),
    changedAt: revokedAt,
    // Higher than what was read before the revocation, and lower than what other addresses return for the same event
    // since.
    sequence: entry.sequence - 1,
    cancelled: true,
  }));
}

/** Uses even sequence numbers; the odd number just below is for the revoked event. */
async function entries(
  em: EntityManager,
  organizationVersion: number,
  which: string,
  parameters: unknown[],
): Promise<CalendarEntry[]> {
  const rows = await queryRows<Omit<CalendarEntry, 'changedAt' | 'cancelled'> & { changedAt: string }>(
    em,
    `select a.account_id as "accountId", a.account_name as "accountName", a.time_zone as "timeZone",
       a.expires_on::text as "expiresOn", 2 * (c.revision + ? + 1) as sequence, c.changed_at as "changedAt"
     from accounts.accounts a join accounts.contracts c using (account_id) ${which}`,
    [organizationVersion, ...parameters],
  );
  return rows.map((row) => ({ ...row, changedAt: new Date(row.changedAt).toISOString(), cancelled: false }));
}

/** A calendar address for one account's expiry, for an e-mail. */
export interface NewCalendar {
  organizationId: string;
  accountId: string;
  /** Only a hash of it is stored, so that nobody else knows it. */
  token: string;
}

export function newCalendar(organizationId: string, accountId: string): NewCalendar {
  return { organizationId, accountId, token: newToken() };
}

export function storeCalendars(em: EntityManager, calendars: readonly NewCalendar[]): Promise<void> {
  return sendAlong(
    em,
    `insert into accounts.calendars (token_hash, organization_id, account_id)
     select decode("tokenHash", 'hex'), "organizationId", "accountId"
     from jsonb_to_recordset(?::jsonb) as r("tokenHash" text, "organizationId" uuid, "accountId" uuid)`,
    [JSON.stringify(calendars.map(({ token, ...of }) => ({ ...of, tokenHash: hashOf(token) })))],
  );
}
