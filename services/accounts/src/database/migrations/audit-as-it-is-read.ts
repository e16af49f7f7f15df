import { Migration } from '@mikro-orm/migrations';

/**
 * The trail is read by account, and by organization for what is about itself; each has an index of its own. By the two that
 * go, nothing was found: a member's plan read all entries of the organization beside the account's few.
 */
export class AuditAsItIsRead extends Migration {
  override up(): void {
    this.addSql('drop index accounts.audit_by_time, accounts.audit_of_application');
  }
}
