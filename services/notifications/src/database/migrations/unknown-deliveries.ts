import { Migration } from '@mikro-orm/migrations';

/** Deliveries of which nobody knows are found quickly, and what Customer Success says of them is a part of their history. */
export class UnknownDeliveries extends Migration {
  override name = 'UnknownDeliveries';

  up(): void {
    this.addSql('alter table notifications.delivery_events add column member_id uuid null');
    this.addSql('alter table notifications.delivery_events alter column provider_id drop not null');
    this.addSql(`create index deliveries_unknown on notifications.deliveries (delivery_id) where status = 'unknown'`);
  }
}
