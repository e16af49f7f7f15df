import { Migration } from '@mikro-orm/migrations';
import { outboxMigration } from '@tenure/platform/database';

export class FirstMigration extends Migration {
  override name = 'FirstMigration';

  up(): void {
    this.addSql(outboxMigration('notifications'));

    this.addSql(`create table notifications.notices (
      notice_id uuid not null primary key,
      key text not null constraint notices_key_unique unique,
      kind text not null,
      "offset" text null,
      organization_id uuid not null,
      account_id uuid null,
      application_id uuid null,
      term_number int null,
      due_at timestamptz not null,
      status text not null,
      reason text null,
      clock_ahead_seconds int not null,
      requested_at timestamptz not null,
      ended_at timestamptz null,
      claim_id uuid null,
      attempt_at timestamptz not null,
      failures int not null
    )`);
    this.addSql(`create index notices_due on notifications.notices (attempt_at) where status = 'planned'`);
    this.addSql(`create index notices_of_account on notifications.notices (account_id, requested_at)`);

    this.addSql(`create table notifications.deliveries (
      delivery_id uuid not null primary key,
      notice_id uuid not null constraint deliveries_notice_id_foreign references notifications.notices,
      organization_id uuid not null,
      member_id uuid null,
      email text not null,
      name text null,
      language text not null,
      status text not null,
      reason text null,
      sent_at timestamptz null,
      provider_id text null,
      constraint deliveries_one_for_each_address unique (notice_id, email)
    )`);

    this.addSql(`create table notifications.dispatches (
      dispatch_id uuid not null primary key,
      delivery_id uuid not null constraint dispatches_delivery_id_foreign references notifications.deliveries,
      organization_id uuid not null,
      status text not null,
      request text not null,
      attempts int not null,
      first_attempt_at timestamptz not null,
      ended_at timestamptz null
    )`);
    // Whatever goes wrong, an e-mail that was or may have been accepted has no second one beside it.
    this.addSql(`create unique index dispatches_one_at_a_time on notifications.dispatches (delivery_id)
      where status in ('open', 'sent')`);

    this.addSql(`create table notifications.email_domains (
      domain text not null primary key,
      organization_id uuid not null,
      status text not null,
      sender text not null
    )`);
    this.addSql(`create index email_domains_of_organization on notifications.email_domains (organization_id)`);

    this.addSql(`create table notifications.audit (
      audit_id uuid not null primary key,
      at timestamptz not null,
      organization_id uuid not null,
      action text not null,
      subject text not null,
      caller text not null,
      details jsonb not null
    )`);

    for (const table of ['notices', 'deliveries', 'dispatches', 'email_domains', 'audit']) {
      this.addSql(`alter table notifications.${table} enable row level security`);
      this.addSql(`alter table notifications.${table} force row level security`);
      this.addSql(`create policy service on notifications.${table} to notifications using (true) with check (true)`);
    }
    this.addSql(`grant select, insert, update on notifications.notices, notifications.deliveries,
      notifications.email_domains to notifications`);
    // Certainly not accepted: the dispatch is dissolved.
    this.addSql(`grant select, insert, update, delete on notifications.dispatches to notifications`);
    this.addSql(`grant select, insert on notifications.audit to notifications`);

    const own = `organization_id = nullif(current_setting('app.organization', true), '')::uuid`;
    this.addSql(`create policy own_organization on notifications.email_domains for select to notifications_member
      using (${own})`);
    // Notices to reviewers about an organization's application, and the reviewers' addresses, are not visible to the
    // organization.
    this.addSql(`create policy own_organization on notifications.notices for select to notifications_member
      using (${own} and kind <> 'application_waiting' and kind <> 'application_escalated')`);
    this.addSql(`create policy own_organization on notifications.deliveries for select to notifications_member
      using (${own} and exists (select from notifications.notices n where n.notice_id = deliveries.notice_id))`);
    this.addSql(`grant select on notifications.notices, notifications.deliveries, notifications.email_domains
      to notifications_member`);
  }
}
