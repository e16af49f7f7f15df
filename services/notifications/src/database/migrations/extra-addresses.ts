import { Migration } from '@mikro-orm/migrations';

/** Which deliveries go to extra addresses of accounts: their readers cannot sign in, and they may be removed. */
export class ExtraAddresses extends Migration {
  override name = 'ExtraAddresses';

  up(): void {
    this.addSql('alter table notifications.deliveries add column is_extra boolean not null default false');
  }
}
