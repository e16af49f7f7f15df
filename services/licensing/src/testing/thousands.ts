import type { TestDatabase } from '@tenure/testing';

/**
 * Stores ten thousand subscriptions of an organization, each with a term of a year that ends in a year.
 * @param half `ended`: every other one ended a year ago, and is recorded as expired
 */
export async function storeThousands({ sql }: TestDatabase, organizationId: string, half?: 'ended'): Promise<void> {
  await sql(
    `with opened as (
       insert into licensing.subscriptions (account_id, organization_id, country, time_zone, policy_id, opened_by,
         opened_at, clock_ahead_seconds)
       select uuidv7(), $1, 'ES', 'Europe/Madrid', '00000000-0000-7000-8000-000000000001', uuidv7(), now(), 0
       from generate_series(1, 10000) returning account_id, organization_id),
     ends as (
       select *, now() + case when $2::bool and row_number() over () % 2 = 1 then interval '-1 year'
         else interval '1 year' end as at
       from opened),
     begun as (
       insert into licensing.terms (account_id, number, organization_id, time_zone, anchor, months_before, months,
         first_day, expires_on, expires_at, application_id, decided_at, expired_at)
       select account_id, 1, organization_id, 'Europe/Madrid', at - interval '1 year', 0, 12, at - interval '1 year', at,
         at, uuidv7(), now(), case when at < now() then at end from ends)
     insert into licensing.entitlements (account_id, organization_id, license, contracted, used, rtc_lines, valid_until,
       revision, use_version)
     select account_id, organization_id, 'pro', 100, 0, 0, at, 1, 0 from ends`,
    [organizationId, half === 'ended'],
  );
  await sql('analyze licensing.subscriptions, licensing.terms, licensing.entitlements');
}
