import { Migration } from '@mikro-orm/migrations';

/** Addresses under which calendar programs read expiries. An address cannot be derived from what is stored. */
export class Calendars extends Migration {
  override up(): void {
    for (const sql of [table, rights]) this.addSql(sql);
  }
}

const table = `
create table accounts.calendars (
  token_hash bytea primary key,
  organization_id uuid not null,
  account_id uuid,
  created_by uuid,
  created_at timestamptz(3) not null default now(),
  revoked_at timestamptz(3)
);
create index calendars_that_hold on accounts.calendars (organization_id) where revoked_at is null;
create unique index one_feed on accounts.calendars (organization_id) where account_id is null and revoked_at is null;
`;

const rights = `
alter table accounts.calendars enable row level security;
alter table accounts.calendars force row level security;
create policy service on accounts.calendars to accounts using (true) with check (true);
grant select, insert on accounts.calendars to accounts;
create policy own_organization on accounts.calendars to accounts_member
  using (organization_id = nullif(current_setting('app.organization', true), '')::uuid)
  with check (organization_id = nullif(current_setting('app.organization', true), '')::uuid);
grant select, insert, update (revoked_at) on accounts.calendars to accounts_member;
`;
