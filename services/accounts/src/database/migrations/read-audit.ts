import { Migration } from '@mikro-orm/migrations';

/** A SuperAdmin reads what is on record about the own organization's accounts. Nobody changes it. */
export class ReadAudit extends Migration {
  override up(): void {
    this.addSql('grant select on accounts.audit to accounts_member');
  }
}
