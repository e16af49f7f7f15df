import { Migration } from '@mikro-orm/migrations';

/** Grows with each change of an organization or of its calendar addresses, which its members make. */
export class OrganizationVersion extends Migration {
  override up(): void {
    this.addSql('alter table accounts.organizations add column version int not null default 0');
    this.addSql('grant update (version) on accounts.organizations to accounts_member');
  }
}
