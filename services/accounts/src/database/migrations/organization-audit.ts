import { Migration } from '@mikro-orm/migrations';

/** What is on record about an organization itself is found among all that is about its accounts, in order. */
export class OrganizationAudit extends Migration {
  override up(): void {
    this.addSql(`create index audit_of_organization on accounts.audit (organization_id, at, entry_id)
      where account_id is null and application_id is null`);
  }
}
