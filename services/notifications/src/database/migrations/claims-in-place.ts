import { Migration } from '@mikro-orm/migrations';

/**
 * Two of the three updates of a notice that is being sent no longer touch an index, so the row is updated in place: the
 * claim, and the dispatch that it waits for. A claim by an earlier version is due when its lease expires, as before.
 */
export class ClaimsInPlace extends Migration {
  override name = 'ClaimsInPlace';

  up(): void {
    this.addSql('alter table notifications.notices add claimed_until timestamptz null');
    this.addSql('alter table notifications.notices set (fillfactor = 50)');
    this.addSql('drop index notifications.notices_due');
    this.addSql(`create index notices_due on notifications.notices (urgent desc, attempt_at) where status = 'planned'`);
  }
}
