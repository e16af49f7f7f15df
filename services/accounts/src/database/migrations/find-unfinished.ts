import { Migration } from '@mikro-orm/migrations';

/** Which applications' workflows should be running is asked of all that there ever were. */
export class FindUnfinished extends Migration {
  override up(): void {
    this.addSql('create index applications_by_end on accounts.applications (ended_at)');
  }
}
