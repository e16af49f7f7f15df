import { Migration } from '@mikro-orm/migrations';

const own = `organization_id = nullif(current_setting('app.organization', true), '')::uuid`;

/** Who is notified about an account besides members: one row for each account that has, or had, such addresses. */
export class ExtraAddresses extends Migration {
  override up(): void {
    this.addSql(`
create table accounts.extra_addresses (
  account_id uuid primary key references accounts.accounts on delete cascade,
  organization_id uuid not null,
  addresses jsonb not null check (jsonb_typeof(addresses) = 'array' and jsonb_array_length(addresses) <= 10),
  version integer not null
);
alter table accounts.extra_addresses enable row level security;
alter table accounts.extra_addresses force row level security;
create policy service on accounts.extra_addresses to accounts using (true) with check (true);
grant select, insert, update on accounts.extra_addresses to accounts;
create policy own_organization on accounts.extra_addresses to accounts_member using (${own}) with check (${own});
grant select, insert, update on accounts.extra_addresses to accounts_member;
`);
  }
}
