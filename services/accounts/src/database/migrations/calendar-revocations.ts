import { Migration } from '@mikro-orm/migrations';

/**
 * One row revokes all calendar addresses that an organization's reminders have created until then: after years there
 * are too many to update (ADR 41).
 */
export class CalendarRevocations extends Migration {
  override up(): void {
    for (const sql of [table, rights, index]) this.addSql(sql);
  }
}

const table = `
create table accounts.calendar_revocations (
  organization_id uuid not null,
  revoked_at timestamptz(3) not null default clock_timestamp(),
  primary key (organization_id, revoked_at)
);
`;

const rights = `
alter table accounts.calendar_revocations enable row level security;
alter table accounts.calendar_revocations force row level security;
create policy service on accounts.calendar_revocations to accounts using (true) with check (true);
grant select, insert on accounts.calendar_revocations to accounts;
create policy own_organization on accounts.calendar_revocations to accounts_member
  using (organization_id = nullif(current_setting('app.organization', true), '')::uuid)
  with check (organization_id = nullif(current_setting('app.organization', true), '')::uuid);
grant select, insert on accounts.calendar_revocations to accounts_member;
`;

/** Addresses newer than the last revocation are counted with an index-only scan. Feeds have an index of their own. */
const index = `
drop index accounts.calendars_that_hold;
create index calendars_in_reminders on accounts.calendars (organization_id, created_at)
  where account_id is not null and revoked_at is null;
`;
