import { Migration } from '@mikro-orm/migrations';

/** What is on record is found by the notice or delivery that it is about; a SuperAdmin reads the own organization's. */
export class ReadAudit extends Migration {
  override name = 'ReadAudit';

  up(): void {
    this.addSql('create index audit_by_subject on notifications.audit (subject)');
    // What reviewers are told about an organization's application, and their addresses, are not the organization's.
    this.addSql(`create policy own_organization on notifications.audit for select to notifications_member
      using (organization_id = nullif(current_setting('app.organization', true), '')::uuid
        and coalesce(details ->> 'key', '') !~ '/application_(waiting|escalated)$')`);
    this.addSql('grant select on notifications.audit to notifications_member');
  }
}
