import { Migration } from '@mikro-orm/migrations';

/** Which deliveries are to extra addresses of accounts: whoever reads them cannot sign in, and may be removed. */
export class ExtraAddresses extends Migration {
  override name = 'ExtraAddresses';

  up(): void {
    this.addSql('alter table notifications.deliveries add column is_extra boolean not null default false');
  }
}
