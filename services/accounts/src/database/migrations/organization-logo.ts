import { Migration } from '@mikro-orm/migrations';

/** The logo at the top of e-mails that an organization sends from its own domain. */
export class OrganizationLogo extends Migration {
  override up(): void {
    this.addSql('alter table accounts.organizations add column logo_url text');
  }
}
