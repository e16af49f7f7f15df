import { Migration } from '@mikro-orm/migrations';

/** Lists by name ignore accents and case, like the search: "Álamo" comes before "Zafiro". */
export class NamesInOrder extends Migration {
  override up(): void {
    this.addSql('drop index accounts.accounts_by_name, accounts.all_accounts_by_name');
    for (const [name, of] of [
      ['accounts_by_name', 'organization_id, '],
      ['all_accounts_by_name', ''],
    ])
      this.addSql(`create index ${name} on accounts.accounts (${of}names, account_id)
        include (expires_at, valid_until, license) where created_at is not null`);
  }
}
