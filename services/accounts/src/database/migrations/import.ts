import { Migration } from '@mikro-orm/migrations';

/** Accounts that no application created: they were brought in from elsewhere. */
export class Import extends Migration {
  override up(): void {
    this.addSql('alter table accounts.accounts alter column application_id drop not null');
  }
}
