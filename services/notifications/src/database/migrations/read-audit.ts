import { Migration } from '@mikro-orm/migrations';

/** Finds audit entries by their notice or delivery; a SuperAdmin reads those of the own organization. */
export class ReadAudit extends Migration {
  override name = 'ReadAudit';

  up(): void {
    this.addSql('create index audit_by_subject on notifications.audit (subject)');
    // Notices to reviewers about an organization's application, and the reviewers' addresses, are not visible to the
    // organization.
    this.addSql(`create policy own_organization on notifications.audit for select to notifications_member
      using (organization_id = nullif(current_setting('app.organization', true), '')::uuid
        and coalesce(details ->> 'key', '') !~ '/application_(waiting|escalated)$')`);
    this.addSql('grant select on notifications.audit to notifications_member');
  }
}
