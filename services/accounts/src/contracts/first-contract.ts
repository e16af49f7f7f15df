import type { EntityManager } from '@mikro-orm/postgresql';
import type { ContractFacts } from '@tenure/contracts';
import { addDays, inWallClock, startOfDay, type CalendarDate } from '@tenure/lifecycle';
import { sendAlong } from '@tenure/platform';
import type { AccountRow } from '../database/account.entity.js';

/**
 * A new account is shown with its contract from the start, although licensing's event may still be on its way. What was
 * opened is what licensing publishes as the first revision, so the event then changes nothing. For services that poll
 * for changed accounts, the account changes now.
 *
 * It comes before the account is made visible, which then writes the row for searching once, with everything in it.
 */
export async function addUnlessKnown(
  em: EntityManager,
  { accountId, organizationId, timeZone, clockAheadSeconds }: AccountRow,
  { license, contracted, rtcLines, expiresOn }: ContractFacts,
  firstDay: CalendarDate,
): Promise<void> {
  const expiresAt = inWallClock(startOfDay(addDays(expiresOn, 1), timeZone), clockAheadSeconds).toISOString();
  await sendAlong(
    em,
    `insert into accounts.contracts (account_id, organization_id, license, contracted, used, rtc_lines, first_day,
       expires_on, expires_at, valid_until, revision, use_version)
     values (?, ?, ?, ?, 0, ?, ?, ?, ?::timestamptz, ?::timestamptz, 1, 0)
     on conflict (account_id) do update set changed_at = now()`,
    [accountId, organizationId, license, contracted, rtcLines, firstDay, expiresOn, expiresAt, expiresAt],
  );
}
