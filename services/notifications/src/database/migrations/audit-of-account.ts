import { Migration } from '@mikro-orm/migrations';

/**
 * An entry about a notice or a delivery has the account and the application of the notice, so that one index holds the
 * trail of an account in order: before, each page read all entries of the account. Times are in milliseconds, as in the
 * cursor of a page. For entries of the previous version, a trigger sets account and application.
 *
 * The entries are copied into a new table: updating them in place takes five times as long, and everything that records
 * an entry waits meanwhile.
 */
export class AuditOfAccount extends Migration {
  override name = 'AuditOfAccount';

  up(): void {
    this.addSql('alter table notifications.audit rename to audit_before');
    this.addSql(`create table notifications.audit (
      audit_id uuid not null,
      at timestamptz(3) not null,
      organization_id uuid not null,
      account_id uuid null,
      application_id uuid null,
      action text not null,
      subject text not null,
      caller text not null,
      details jsonb not null
    )`);

    // Row-level security also applies to the owner, who migrates and has no policy.
    for (const table of ['audit_before', 'notices'])
      this.addSql(`alter table notifications.${table} no force row level security`);
    this.addSql(`insert into notifications.audit
      select audit_id, date_trunc('milliseconds', at), a.organization_id, n.account_id, n.application_id, action, subject,
        caller, details
      from notifications.audit_before a left join notifications.notices n on n.notice_id = (case
        when action like 'notice.%' then subject when action like 'delivery.%' then details ->> 'noticeId' end)::uuid`);
    this.addSql('alter table notifications.notices force row level security');
    this.addSql('drop table notifications.audit_before');

    this.addSql('alter table notifications.audit add primary key (audit_id)');
    this.addSql('create index audit_by_subject on notifications.audit (subject)');
    this.addSql('create index audit_of_account on notifications.audit (account_id, at, audit_id)');
    this.addSql(`create index audit_of_organization on notifications.audit (organization_id, at, audit_id)
      where action ~ '^(email_domain|address)[.]'`);

    this.addSql(`create function notifications.audit_set_account_fn() returns trigger language plpgsql as $$ begin
      select n.account_id, n.application_id into new.account_id, new.application_id from notifications.notices n
      where n.notice_id = (case when new.action like 'notice.%' then new.subject
        when new.action like 'delivery.%' then new.details ->> 'noticeId' end)::uuid;
      return new; end $$`);
    this.addSql(`create trigger set_account before insert on notifications.audit
      for each row when (new.account_id is null) execute function notifications.audit_set_account_fn()`);

    this.addSql('alter table notifications.audit enable row level security');
    this.addSql('alter table notifications.audit force row level security');
    this.addSql('create policy service on notifications.audit to notifications using (true) with check (true)');
    this.addSql(`create policy own_organization on notifications.audit for select to notifications_member
      using (organization_id = nullif(current_setting('app.organization', true), '')::uuid
        and coalesce(details ->> 'key', '') !~ '/(application_received|application_waiting|application_escalated|recipients_unreachable|organization_domain_failed)$')`);
    this.addSql('grant select, insert on notifications.audit to notifications');
    this.addSql('grant select on notifications.audit to notifications_member');
  }
}
