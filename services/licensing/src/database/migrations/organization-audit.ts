import { Migration } from '@mikro-orm/migrations';

/** What is on record about an organization itself is found among all that is about its accounts. */
export class OrganizationAudit extends Migration {
  override up(): void {
    this.addSql('create index audit_of_organization on licensing.audit (organization_id) where account_id is null');
  }
}
