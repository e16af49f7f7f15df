import { Migration } from '@mikro-orm/migrations';

/**
 * Partitions the rows for searching: expired accounts are separate, the rest are divided by the beginning of their
 * names. Rows that are read together are stored together, and each partition has its own small index. An account moves
 * to the expired partition when licensing publishes its expiry, or when the account changes; until then it is searched
 * among the rest, where few are past their end.
 */
export class SearchInParts extends Migration {
  override up(): void {
    for (const sql of [table, ...parts, triggers, filled, indexes, ...rights]) this.addSql(sql);
  }
}

/** The triggers ensure that an account has only one row: a key would have to include the partition columns. */
const table = `
drop table accounts.searched;
create table accounts.searched (
  account_id uuid not null references accounts.accounts on delete cascade,
  organization_id uuid not null,
  expires_at timestamptz(3),
  valid_until timestamptz(3),
  expires_on date,
  pending integer not null,
  clock_ahead_seconds integer not null,
  is_over boolean not null,
  license text,
  name_key text not null,
  names text not null,
  time_zone text not null
) partition by list (is_over);
create table accounts.searched_over partition of accounts.searched for values in (true);
create table accounts.searched_now partition of accounts.searched for values in (false) partition by range (name_key);
`;

const letters = ['b', 'd', 'g', 'j', 'n', 'q', 't'];
const parts = [...letters, null].map((to, index) => {
  const from = letters[index - 1];
  const [least, beyond] = [from === undefined ? 'minvalue' : `'${from}'`, to === null ? 'maxvalue' : `'${to}'`];
  return `create table accounts.${partOf(from)} partition of accounts.searched_now for values from (${least}) to (${beyond})`;
});

function partOf(from: string | undefined): string {
  return `searched_from_${from ?? 'a'}`;
}

const triggers = `
create or replace function accounts.search_account() returns trigger language plpgsql as $$
declare
  over constant boolean := coalesce(new.valid_until <= now(), false);
begin
  if tg_op = 'INSERT' or old.created_at is null then
    insert into accounts.searched (account_id, organization_id, expires_at, valid_until, expires_on, pending,
      clock_ahead_seconds, is_over, license, name_key, names, time_zone)
    values (new.account_id, new.organization_id, new.expires_at, new.valid_until, new.expires_on, new.pending,
      new.clock_ahead_seconds, over, new.license, new.name_key, new.names, new.time_zone);
  else
    update accounts.searched set expires_at = new.expires_at, valid_until = new.valid_until,
      expires_on = new.expires_on, pending = new.pending, clock_ahead_seconds = new.clock_ahead_seconds,
      is_over = over, license = new.license
    where account_id = new.account_id and name_key = new.name_key;
  end if;
  return null;
end $$;
`;

/** Row-level security also applies to the owner, who runs the migration and has no policy. */
const filled = `
alter table accounts.accounts no force row level security;
insert into accounts.searched (account_id, organization_id, expires_at, valid_until, expires_on, pending,
  clock_ahead_seconds, is_over, license, name_key, names, time_zone)
select account_id, organization_id, expires_at, valid_until, expires_on, pending, clock_ahead_seconds,
  coalesce(valid_until <= now(), false), license, name_key, names, time_zone
from accounts.accounts where created_at is not null;
alter table accounts.accounts force row level security;
`;

/** Without `fastupdate`, since each search would have to scan its pending list. */
const indexes = `
create index searched_by_account on accounts.searched (account_id);
create index searched_by_text on accounts.searched
  using gin (organization_id, license, names accounts.gin_trgm_ops) with (fastupdate = off);
create index searched_now_by_expiry on accounts.searched_now (expires_at);
`;

/**
 * A query that names a partition directly gets no rows. A member's transaction can move a clock or submit an
 * application, and the triggers run with its role.
 */
const rights = [
  `
create policy service on accounts.searched to accounts using (true) with check (true);
create policy own_organization on accounts.searched to accounts_member
  using (organization_id = nullif(current_setting('app.organization', true), '')::uuid)
  with check (organization_id = nullif(current_setting('app.organization', true), '')::uuid);
grant select, insert, update, delete on accounts.searched to accounts;
grant select, update (expires_at, valid_until, expires_on, pending, clock_ahead_seconds, is_over, license)
  on accounts.searched to accounts_member;
`,
  ...['searched', 'searched_over', 'searched_now', ...[undefined, ...letters].map(partOf)].map(
    (name) => `
alter table accounts.${name} enable row level security;
alter table accounts.${name} force row level security;
`,
  ),
];
