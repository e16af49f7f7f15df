import { Migration } from '@mikro-orm/migrations';

/** Indexes for accounts that a pending renewal keeps working after their last day, and for when each account stops. */
export class KeptWorking extends Migration {
  override up(): void {
    this.addSql(`create index accounts_kept_working on accounts.accounts (expires_at)
      include (valid_until, organization_id) where valid_until > expires_at`);
    this.addSql('create index contracts_by_end on accounts.contracts (valid_until)');
  }
}
