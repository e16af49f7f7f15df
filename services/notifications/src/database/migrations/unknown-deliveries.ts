import { Migration } from '@mikro-orm/migrations';

/** An index on unknown deliveries; Customer Success's resolutions become part of a delivery's history. */
export class UnknownDeliveries extends Migration {
  override name = 'UnknownDeliveries';

  up(): void {
    this.addSql('alter table notifications.delivery_events add column member_id uuid null');
    this.addSql('alter table notifications.delivery_events alter column provider_id drop not null');
    this.addSql(`create index deliveries_unknown on notifications.deliveries (delivery_id) where status = 'unknown'`);
  }
}
