import { Migration } from '@mikro-orm/migrations';

/** For services that read accounts page by page, and poll for those that changed. */
export class FollowAccounts extends Migration {
  override up(): void {
    this.addSql('alter table accounts.contracts add column changed_at timestamptz(3) not null default now()');
    this.addSql('create index contracts_by_change on accounts.contracts (changed_at)');
    this.addSql('create index accounts_of_organization on accounts.accounts (organization_id, account_id)');
  }
}
