import { Migration } from '@mikro-orm/migrations';

/** What is on record about an organization's domains and marked addresses is found among all that was sent. */
export class OrganizationAudit extends Migration {
  override name = 'OrganizationAudit';

  up(): void {
    this.addSql(`create index audit_of_organization on notifications.audit (organization_id)
      where action ~ '^(email_domain|address)[.]'`);
  }
}
