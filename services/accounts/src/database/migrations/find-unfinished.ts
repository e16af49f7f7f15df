import { Migration } from '@mikro-orm/migrations';

/** Finds, among all applications ever made, those whose workflow should be running. */
export class FindUnfinished extends Migration {
  override up(): void {
    this.addSql('create index applications_by_end on accounts.applications (ended_at)');
  }
}
