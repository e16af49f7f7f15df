import { Migration } from '@mikro-orm/migrations';

/** An index to find audit entries about an organization's domains and marked addresses among those about e-mails. */
export class OrganizationAudit extends Migration {
  override name = 'OrganizationAudit';

  up(): void {
    this.addSql(`create index audit_of_organization on notifications.audit (organization_id)
      where action ~ '^(email_domain|address)[.]'`);
  }
}
