import { Migration } from '@mikro-orm/migrations';

/** Accounts that were imported rather than created by an application. */
export class Import extends Migration {
  override up(): void {
    this.addSql('alter table accounts.accounts alter column application_id drop not null');
  }
}
