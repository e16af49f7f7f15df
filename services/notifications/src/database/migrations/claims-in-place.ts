import { Migration } from '@mikro-orm/migrations';

/**
 * Two of the three changes of a notice that is sent touch no index any more, and find room beside it: the claim, and the
 * dispatch that it waits for. What an earlier version has claimed is due at the end of its lease, as before.
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
