import { Migration } from '@mikro-orm/migrations';

/** An index for the audit entries about an organization itself, among the many about its accounts. */
export class OrganizationAudit extends Migration {
  override up(): void {
    this.addSql('create index audit_of_organization on licensing.audit (organization_id) where account_id is null');
  }
}
