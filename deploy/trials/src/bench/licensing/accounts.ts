import { onDatabase } from '@tenure/local/servers/on-database';

export const manyAccounts = 10_000;
export const devicesPerAccount = 20;
/** The account that all requests of a hot round go to. */
export const hotAccount = accountId(0);

/** The id of the account with this number. */
export function accountId(number: number): string {
  return `01900000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

/** Creates accounts that are valid for a year with a practically unlimited contract: the hot one, and many more. */
export async function openAccounts(databaseUrl: string): Promise<void> {
  await onDatabase(databaseUrl, (client) => client.query(accounts, [manyAccounts]));
}

const accounts = `
with license as (
  insert into licensing.licenses (code, names, rank, features, max_datapoints, max_rtc_lines)
  values ('pro', '{"en": "Pro", "es": "Pro"}', 2, '{alerts,reports,forecasts}', 1000000000, 10)),
account as (
  select ('01900000-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid as account_id,
    ('01900000-0000-7000-9000-' || lpad(to_hex(number % 100), 12, '0'))::uuid as organization_id
  from generate_series(0, $1::int) as number),
subscription as (
  insert into licensing.subscriptions
    (account_id, organization_id, country, time_zone, policy_id, opened_by, opened_at, clock_ahead_seconds)
  select account_id, organization_id, 'ES', 'Europe/Madrid', '00000000-0000-7000-8000-000000000001', account_id, now(), 0
  from account),
term as (
  insert into licensing.terms (account_id, number, organization_id, time_zone, anchor, months_before, months, first_day,
    expires_on, expires_at, application_id, decided_at)
  select account_id, 1, organization_id, 'Europe/Madrid', current_date, 0, 12, current_date,
    current_date + interval '1 year', current_date + interval '1 year 1 day', account_id, now()
  from account)
insert into licensing.entitlements
  (account_id, organization_id, license, contracted, used, rtc_lines, valid_until, revision, use_version)
select account_id, organization_id, 'pro', 1000000000, 0, 0, current_date + interval '1 year 1 day', 1, 0
from account`;
