import { Migration } from '@mikro-orm/migrations';

/** What is of no organization, as a sector, is on record as well. No member reads it. */
export class AuditOfNone extends Migration {
  override up(): void {
    this.addSql('alter table accounts.audit alter column organization_id drop not null');
  }
}
