import { Migration } from '@mikro-orm/migrations';

/** Subscriptions that were imported rather than opened by an application, with their current term. */
export class Import extends Migration {
  override up(): void {
    this.addSql(`
      alter table licensing.subscriptions
        alter column opened_by drop not null,
        add column imported_at timestamptz(3),
        add constraint opened_or_imported check ((opened_by is null) = (imported_at is not null))`);
    this.addSql('alter table licensing.terms alter column application_id drop not null');
  }
}
