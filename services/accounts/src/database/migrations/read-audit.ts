import { Migration } from '@mikro-orm/migrations';

/** A SuperAdmin can read the audit entries about their own organization's accounts. Nobody can change them. */
export class ReadAudit extends Migration {
  override up(): void {
    this.addSql('grant select on accounts.audit to accounts_member');
  }
}
