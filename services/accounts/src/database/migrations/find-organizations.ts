import { Migration } from '@mikro-orm/migrations';

/**
 * Organizations are sorted and searched by a stored name, like accounts. Folding all their names for each page took ten
 * times as long as the rest.
 */
export class FindOrganizations extends Migration {
  override up(): void {
    this.addSql(`alter table accounts.organizations
      add column folded_name text generated always as (accounts.folded(name)) stored`);
    this.addSql('create index organizations_by_name on accounts.organizations (folded_name, organization_id)');
  }
}
