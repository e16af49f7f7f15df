import { Migration } from '@mikro-orm/migrations';

/**
 * The accounts' own rows contain everything that the zones filter and search by, so that one index answers each page
 * and each count. Use changes a thousand times as often, and stays in the contract. Triggers copy the values from
 * contracts and applications, in the transaction of any change.
 */
export class FindQuickly extends Migration {
  override up(): void {
    for (const sql of [columns, triggers, filled, accountIndexes, applicationIndexes]) this.addSql(sql);
  }
}

const columns = `
alter table accounts.accounts
  add column license text,
  add column expires_on date,
  add column expires_at timestamptz(3),
  add column valid_until timestamptz(3),
  add column pending integer not null default 0 check (pending >= 0),
  add column names text generated always as (lower(account_name || E'\\n' || customer_name)) stored;
grant update (license, expires_on, expires_at, valid_until, pending) on accounts.accounts to accounts_member;
`;

const triggers = `
create function accounts.carry_contract() returns trigger language plpgsql as $$
begin
  update accounts.accounts set license = new.license, expires_on = new.expires_on, expires_at = new.expires_at,
    valid_until = new.valid_until
  where account_id = new.account_id;
  return null;
end $$;
create trigger carry_new_contract after insert on accounts.contracts
  for each row execute function accounts.carry_contract();
create trigger carry_changed_contract after update of license, expires_on, expires_at, valid_until on accounts.contracts
  for each row when ((old.license, old.expires_on, old.expires_at, old.valid_until)
    is distinct from (new.license, new.expires_on, new.expires_at, new.valid_until))
  execute function accounts.carry_contract();

create function accounts.count_pending() returns trigger language plpgsql as $$
begin
  update accounts.accounts set pending = pending + case when new.status = 'pending' then 1 else -1 end
  where account_id = new.account_id;
  return null;
end $$;
create trigger count_submitted after insert on accounts.applications
  for each row when (new.status = 'pending') execute function accounts.count_pending();
create trigger count_ended after update of status on accounts.applications
  for each row when ((old.status = 'pending') <> (new.status = 'pending')) execute function accounts.count_pending();
`;

/** Row-level security also applies to the owner, who runs the migration and has no policy. */
const filled = `
alter table accounts.accounts no force row level security;
alter table accounts.contracts no force row level security;
alter table accounts.applications no force row level security;
update accounts.accounts a set license = c.license, expires_on = c.expires_on, expires_at = c.expires_at,
  valid_until = c.valid_until
from accounts.contracts c where c.account_id = a.account_id;
update accounts.accounts a set pending = waiting.count
from (select account_id, count(*) from accounts.applications where status = 'pending' group by account_id) as waiting
where waiting.account_id = a.account_id;
alter table accounts.accounts force row level security;
alter table accounts.contracts force row level security;
alter table accounts.applications force row level security;
`;

/**
 * Each index exists for one organization and for all, and includes what is counted by, so that counting reads no rows.
 */
const accountIndexes = `
drop index accounts.contracts_by_expiry, accounts.all_contracts_by_expiry, accounts.accounts_by_text;
create index accounts_by_expiry on accounts.accounts (organization_id, expires_at, account_id)
  include (valid_until, expires_on, time_zone, clock_ahead_seconds) where created_at is not null;
create index all_accounts_by_expiry on accounts.accounts (expires_at, account_id)
  include (valid_until, expires_on, time_zone, clock_ahead_seconds) where created_at is not null;
create index accounts_with_moved_clock on accounts.accounts (account_id, clock_ahead_seconds)
  where clock_ahead_seconds > 0;
create index accounts_by_license on accounts.accounts (organization_id, license, expires_at, account_id)
  include (valid_until) where created_at is not null;
create index all_accounts_by_license on accounts.accounts (license, expires_at, account_id) include (valid_until)
  where created_at is not null;
create index pending_accounts on accounts.accounts (organization_id, expires_at, account_id) include (valid_until)
  where created_at is not null and pending > 0;
create index all_pending_accounts on accounts.accounts (expires_at, account_id) include (valid_until)
  where created_at is not null and pending > 0;
create index accounts_by_text on accounts.accounts using gin (organization_id, names accounts.gin_trgm_ops);
`;

const applicationIndexes = `
create index applications_by_type on accounts.applications (organization_id, type, submitted_at, application_id);
create index all_applications_by_type on accounts.applications (type, submitted_at, application_id);
create index applications_by_status on accounts.applications (organization_id, status, submitted_at, application_id);
create index all_applications_by_status on accounts.applications (status, submitted_at, application_id);
`;
