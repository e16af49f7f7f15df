import { Migration } from '@mikro-orm/migrations';

/**
 * Whether an account matches a text is known only by reading its row. So what a search needs of the visible accounts is
 * kept in separate rows a third of the size. Triggers copy changes, in the transaction of the change. A renewal does
 * not touch an index there.
 */
export class SearchApart extends Migration {
  override up(): void {
    for (const sql of [table, triggers, filled, rights, indexes]) this.addSql(sql);
  }
}

const table = `
create table accounts.searched (
  account_id uuid primary key references accounts.accounts on delete cascade,
  organization_id uuid not null,
  expires_at timestamptz(3),
  valid_until timestamptz(3),
  expires_on date,
  pending integer not null,
  clock_ahead_seconds integer not null,
  license text,
  name_key text not null,
  names text not null,
  time_zone text not null
);
`;

const triggers = `
create function accounts.search_account() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' or old.created_at is null then
    insert into accounts.searched (account_id, organization_id, expires_at, valid_until, expires_on, pending,
      clock_ahead_seconds, license, name_key, names, time_zone)
    values (new.account_id, new.organization_id, new.expires_at, new.valid_until, new.expires_on, new.pending,
      new.clock_ahead_seconds, new.license, new.name_key, new.names, new.time_zone);
  else
    update accounts.searched set expires_at = new.expires_at, valid_until = new.valid_until,
      expires_on = new.expires_on, pending = new.pending, clock_ahead_seconds = new.clock_ahead_seconds,
      license = new.license
    where account_id = new.account_id;
  end if;
  return null;
end $$;
create trigger search_new_account after insert on accounts.accounts
  for each row when (new.created_at is not null) execute function accounts.search_account();
create trigger search_changed_account
  after update of created_at, expires_at, valid_until, expires_on, pending, clock_ahead_seconds, license
  on accounts.accounts
  for each row when (new.created_at is not null and
    (old.created_at, old.expires_at, old.valid_until, old.expires_on, old.pending, old.clock_ahead_seconds, old.license)
    is distinct from
    (new.created_at, new.expires_at, new.valid_until, new.expires_on, new.pending, new.clock_ahead_seconds, new.license))
  execute function accounts.search_account();
`;

/** Row-level security also applies to the owner, who runs the migration and has no policy. */
const filled = `
alter table accounts.accounts no force row level security;
insert into accounts.searched select account_id, organization_id, expires_at, valid_until, expires_on, pending,
  clock_ahead_seconds, license, name_key, names, time_zone
from accounts.accounts where created_at is not null;
alter table accounts.accounts force row level security;
`;

/** A member's transaction can move a clock or submit an application, and the triggers run with its role. */
const rights = `
alter table accounts.searched enable row level security;
alter table accounts.searched force row level security;
create policy service on accounts.searched to accounts using (true) with check (true);
create policy own_organization on accounts.searched to accounts_member
  using (organization_id = nullif(current_setting('app.organization', true), '')::uuid)
  with check (organization_id = nullif(current_setting('app.organization', true), '')::uuid);
grant select, insert, update, delete on accounts.searched to accounts;
grant select, update (expires_at, valid_until, expires_on, pending, clock_ahead_seconds, license)
  on accounts.searched to accounts_member;
`;

/** Without `fastupdate`, since each search would have to scan its pending list. */
const indexes = `
drop index accounts.accounts_by_text;
create index searched_by_text on accounts.searched
  using gin (organization_id, license, names accounts.gin_trgm_ops) with (fastupdate = off);
create index decided_applications on accounts.applications (organization_id, submitted_at, application_id)
  where status <> 'pending';
create index all_decided_applications on accounts.applications (submitted_at, application_id)
  where status <> 'pending';
`;
