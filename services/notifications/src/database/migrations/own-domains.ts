import { Migration } from '@mikro-orm/migrations';

/** Organizations add their own domains, and their state at the provider is checked. */
export class OwnDomains extends Migration {
  override name = 'OwnDomains';

  up(): void {
    this.addSql(`alter table notifications.email_domains
      add column provider_id text null,
      add column records jsonb not null default '[]',
      add column added_at timestamptz null,
      add column verified_at timestamptz null,
      add column changed_at timestamptz not null default now(),
      add column checked_at timestamptz null,
      add column look_at timestamptz not null default now(),
      add column deleting_until timestamptz null,
      add column version int not null default 1`);
    this.addSql(`update notifications.email_domains set verified_at = now() where status <> 'pending'`);
    this.addSql(`update notifications.email_domains set status = 'failed' where status = 'temporary_failure'`);
    this.addSql(`create index email_domains_to_look_at on notifications.email_domains (look_at)
      where added_at is not null`);
    this.addSql('grant delete on notifications.email_domains to notifications');

    // Domains that the provider still has although they belong to nobody anymore, or to another organization: removed
    // there first.
    this.addSql(`create table notifications.email_domain_leftovers (
      provider_id text not null primary key,
      domain text not null,
      look_at timestamptz not null default now()
    )`);
    this.addSql(`alter table notifications.email_domain_leftovers enable row level security`);
    this.addSql(`alter table notifications.email_domain_leftovers force row level security`);
    this.addSql(`create policy service on notifications.email_domain_leftovers to notifications
      using (true) with check (true)`);
    this.addSql(`grant select, insert, update, delete on notifications.email_domain_leftovers to notifications`);
  }
}
