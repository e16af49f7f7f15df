import { Migration } from '@mikro-orm/migrations';

const own = `organization_id = nullif(current_setting('app.organization', true), '')::uuid`;

/**
 * Which email domains organizations have deleted, and when: an application that was started before cannot end up using
 * them.
 */
export class RetireEmailDomains extends Migration {
  override up(): void {
    this.addSql(`
create table accounts.retired_email_domains (
  organization_id uuid not null references accounts.organizations,
  domain text not null,
  retired_at timestamptz(3) not null,
  primary key (organization_id, domain)
);
create index accounts_by_email_domain on accounts.accounts (organization_id, email_domain)
  where email_domain is not null;
alter table accounts.retired_email_domains enable row level security;
alter table accounts.retired_email_domains force row level security;
create policy service on accounts.retired_email_domains to accounts using (true) with check (true);
grant select, insert, update on accounts.retired_email_domains to accounts;
create policy own_organization on accounts.retired_email_domains to accounts_member using (${own}) with check (${own});
grant select on accounts.retired_email_domains to accounts_member;
`);
  }
}
