import { Migration } from '@mikro-orm/migrations';

/** When a delivery is retried whose e-mail bounced for a temporary reason. */
export class Retries extends Migration {
  override name = 'Retries';

  up(): void {
    this.addSql('alter table notifications.deliveries add column retry_at timestamptz null');
    this.addSql('create index deliveries_to_retry on notifications.deliveries (retry_at) where retry_at is not null');
  }
}
