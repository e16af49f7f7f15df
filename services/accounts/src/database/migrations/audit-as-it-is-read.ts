import { Migration } from '@mikro-orm/migrations';

/**
 * The audit trail is read by account, and by organization for entries about the organization itself; each has its own
 * index. The two dropped indexes were never useful: with them, a member's plan read all entries of the organization
 * instead of the account's few.
 */
export class AuditAsItIsRead extends Migration {
  override up(): void {
    this.addSql('drop index accounts.audit_by_time, accounts.audit_of_application');
  }
}
