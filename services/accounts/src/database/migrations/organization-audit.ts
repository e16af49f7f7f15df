import { Migration } from '@mikro-orm/migrations';

/** An index for the audit entries about an organization itself, in order, among the many about its accounts. */
export class OrganizationAudit extends Migration {
  override up(): void {
    this.addSql(`create index audit_of_organization on accounts.audit (organization_id, at, entry_id)
      where account_id is null and application_id is null`);
  }
}
