/**
 * An account that breaks a rule, and how. `isLate` if one of the two services may not have received the other's latest
 * event yet, or if workflows may be waking after everything was stopped.
 */
export interface Offender {
  accountId: string;
  found: string;
  isLate: boolean;
  /** The application that it concerns, if any. */
  applicationId?: string;
}

/** The amount of data to check. */
export const counts = `
select (select count(*) from licensing.entitlements) as accounts,
  (select count(*) from licensing.allocations where datapoints > 0) as allocations,
  (select coalesce(sum(contracted), 0) from licensing.entitlements) as contracted,
  (select coalesce(sum(used), 0) from licensing.entitlements) as used`;

const within = `
select account_id as "accountId", format('used %s, contracted %s', used, contracted) as found, false as "isLate"
from licensing.entitlements where used > contracted or used < 0 order by account_id`;

const summed = `
select coalesce(e.account_id, a.account_id) as "accountId", false as "isLate",
  format('used %s, allocated %s', coalesce(e.used::text, 'nothing known'), coalesce(a.sum, 0)) as found
from licensing.entitlements e
full join (select account_id, sum(datapoints) from licensing.allocations group by account_id) a using (account_id)
where e.used is distinct from coalesce(a.sum, 0) order by 1`;

/**
 * Accounts' projection carries the version of the event that it applied. For a new account it holds the first revision,
 * as opened, from the start. An account that nobody sees yet has no figures. Instants are compared in the account's
 * clock as each service has it; whether these are the same clock is another rule.
 */
const shown = `
select coalesce(e.account_id, c.account_id) as "accountId",
  coalesce(c.revision < e.revision or c.use_version < e.use_version, false) as "isLate",
  case when e.account_id is null then 'unknown to licensing' when a.account_id is null then 'unknown to accounts'
    when c.account_id is null then 'shown without figures' else concat_ws(', ',
      case when c.license <> e.license then format('license %s, shown %s', e.license, c.license) end,
      case when c.contracted <> e.contracted then format('contracted %s, shown %s', e.contracted, c.contracted) end,
      case when c.used <> e.used then format('used %s, shown %s', e.used, c.used) end,
      case when c.rtc_lines <> e.rtc_lines then format('RTC lines %s, shown %s', e.rtc_lines, c.rtc_lines) end,
      case when c.valid_until + a.lead <> e.valid_until + s.lead
        then format('valid until %s, shown %s', e.valid_until + s.lead, c.valid_until + a.lead) end,
      case when c.organization_id <> e.organization_id
        then format('organization %s, shown %s', e.organization_id, c.organization_id) end,
      case when c.first_day <> t.first_day then format('first day %s, shown %s', t.first_day, c.first_day) end,
      case when c.expires_on <> t.expires_on then format('expires on %s, shown %s', t.expires_on, c.expires_on) end,
      case when c.expires_at + a.lead <> t.expires_at
        then format('expires at %s, shown %s', t.expires_at, c.expires_at + a.lead) end,
      case when c.revision > e.revision then format('revision %s, shown %s', e.revision, c.revision) end,
      case when c.use_version > e.use_version then format('use version %s, shown %s', e.use_version, c.use_version) end
    ) end as found
from licensing.entitlements e
left join (
  select account_id, make_interval(secs => clock_ahead_seconds) as lead from licensing.subscriptions
) s using (account_id)
left join lateral (
  select first_day, expires_on, expires_at from licensing.terms where account_id = e.account_id order by number desc limit 1
) t on true
full join accounts.contracts c using (account_id)
left join (
  select account_id, created_at, make_interval(secs => clock_ahead_seconds) as lead from accounts.accounts
) a on a.account_id = coalesce(e.account_id, c.account_id)
where (e.account_id is null or c.account_id is null
    or (c.organization_id, c.license, c.contracted, c.used, c.rtc_lines, c.valid_until + a.lead)
      is distinct from (e.organization_id, e.license, e.contracted, e.used, e.rtc_lines, e.valid_until + s.lead)
    or (c.first_day, c.expires_on, c.expires_at + a.lead) is distinct from (t.first_day, t.expires_on, t.expires_at)
    or c.revision > e.revision or c.use_version > e.use_version)
  and (c.account_id is not null or a.account_id is null or a.created_at is not null)
order by 1`;

/**
 * Its workflow records that an account expired, at once. The instants are those of `late-expiries.ts` in licensing; the
 * metric and its alert do not name the account.
 */
const unrecorded = `
select account_id as "accountId", true as "isLate", format('expired at %s', stopped) as found
from licensing.entitlements e
join licensing.subscriptions s using (account_id)
join lateral (
  select expired_at, stopped_at from licensing.terms where account_id = e.account_id order by number desc limit 1
) t on true
cross join lateral (select greatest(e.valid_until, t.stopped_at, s.imported_at) as stopped) at
where t.expired_at is null and stopped < now() - interval '30 minutes' and s.clock_ahead_seconds = 0 order by 1`;

/**
 * While a renewal that was sent in time is pending, the account keeps working: licensing has to know of it, and of its
 * end.
 */
const pending = `
select a.account_id as "accountId", a.application_id as "applicationId", true as "isLate",
  format('renewal %s %s', a.application_id,
    case when a.ended_at is null then 'is pending, unknown to licensing' else 'has ended, pending to licensing' end) as found
from accounts.applications a left join licensing.renewals r using (application_id)
where a.type = 'renew_subscription'
  and case when a.ended_at is null then r.application_id is null else not r.has_ended end
order by 1, 2`;

/**
 * Licensing hears of an application only from accounts, and carries it out only once accounts has approved it. It knows
 * more if PostgreSQL went back while requests and events were in transit: they reach records that no longer know of them.
 */
const ahead = `
select distinct coalesce(a.account_id, known.account_id) as "accountId", false as "isLate",
  format('application %s %s, %s to accounts', application_id, what, coalesce(a.status, 'unknown')) as found
from (
  select application_id, account_id, case when has_ended then 'has ended' else 'is a pending renewal' end as what
  from licensing.renewals
  union all select application_id, account_id, case state when 'done' then 'is carried out' else 'is undone' end
  from licensing.steps
  union all select application_id, null, 'is undone' from accounts.undone_steps
) known left join accounts.applications a using (application_id)
where case what when 'is a pending renewal' then a.status is null
  when 'is carried out' then coalesce(a.status not in ('approved', 'fulfilled', 'failed'), true)
  else a.status = 'pending' end
order by 1, 3`;

/** While a clock is being moved, one service has it before the other. */
const oneClock = `
select account_id as "accountId", true as "isLate", format('ahead by %s seconds in licensing, by %s in accounts',
  s.clock_ahead_seconds, a.clock_ahead_seconds) as found
from licensing.subscriptions s join accounts.accounts a using (account_id)
where s.clock_ahead_seconds <> a.clock_ahead_seconds order by 1`;

/** While an import is running, its accounts are invisible for a moment. An account of an application is not meant. */
const left = `
select account_id as "accountId", true as "isLate", format('"%s" of organization %s', account_name, organization_id) as found
from accounts.accounts where created_at is null and application_id is null order by 1`;

export const useIsSum = 'what an account uses is the sum of what its devices use';

export const renewalsAreKnown = 'licensing knows which renewals are pending';

export const noneIsLeft = 'no import has left an account that nobody sees';

/** The rules, each with a query for the accounts that break it, and the remedy for an operator. */
export const checks: readonly { title: string; sql: string; remedy?: string }[] = [
  { title: 'no account uses more than it has contracted', sql: within },
  { title: useIsSum, sql: summed, remedy: 'npm run verify -- --mend recounts it.' },
  {
    title: 'what accounts shows of an account is what licensing holds',
    sql: shown,
    remedy: 'npm run rebuild copies it from licensing again.',
  },
  {
    title: 'an account that has expired is recorded as expired',
    sql: unrecorded,
    remedy: 'Its workflow did not wake: docs/operations/reminder-missing.md.',
  },
  {
    title: renewalsAreKnown,
    sql: pending,
    remedy: 'npm run verify -- --mend has accounts publish them again.',
  },
  {
    title: 'licensing knows no more of an application than accounts does',
    sql: ahead,
    remedy: 'PostgreSQL has lost something: docs/operations/database-restored.md.',
  },
  {
    title: 'an account has one clock',
    sql: oneClock,
    remedy: "A move was interrupted. Move that account's clock forward again, by a day or more, to set both.",
  },
  {
    title: noneIsLeft,
    sql: left,
    remedy: 'An import was interrupted. Run it again; npm run verify -- --mend drops what licensing has not opened.',
  },
];
