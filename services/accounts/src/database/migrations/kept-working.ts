import { Migration } from '@mikro-orm/migrations';

/** Those that a pending renewal keeps working after their last day, and when each account stops. */
export class KeptWorking extends Migration {
  override up(): void {
    this.addSql(`create index accounts_kept_working on accounts.accounts (expires_at)
      include (valid_until, organization_id) where valid_until > expires_at`);
    this.addSql('create index contracts_by_end on accounts.contracts (valid_until)');
  }
}
