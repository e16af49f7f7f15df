import { Migration } from '@mikro-orm/migrations';

/** Audit entries about what belongs to no organization, such as a sector. No member can read them. */
export class AuditOfNone extends Migration {
  override up(): void {
    this.addSql('alter table accounts.audit alter column organization_id drop not null');
  }
}
