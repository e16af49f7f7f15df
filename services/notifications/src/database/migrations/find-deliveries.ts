import { Migration } from '@mikro-orm/migrations';

/** Indexes to find e-mails by address and by application, and the marks of an address. */
export class FindDeliveries extends Migration {
  override name = 'FindDeliveries';

  up(): void {
    this.addSql('create index deliveries_of_address on notifications.deliveries (lower(trim(email)), delivery_id)');
    this.addSql(`create index notices_of_application on notifications.notices (application_id)
      where application_id is not null`);
    this.addSql('create index marked_addresses_by_address on notifications.marked_addresses (address)');
  }
}
