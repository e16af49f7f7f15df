import { Migration } from '@mikro-orm/migrations';

/** Reports on an earlier e-mail may come late: they must be distinguished from those on an e-mail sent since. */
export class ClearedAddresses extends Migration {
  override name = 'ClearedAddresses';

  up(): void {
    this.addSql(`create table notifications.cleared_addresses (
      organization_id uuid not null,
      address text not null,
      cleared_at timestamptz not null,
      primary key (organization_id, address)
    )`);
    this.addSql('alter table notifications.cleared_addresses enable row level security');
    this.addSql('alter table notifications.cleared_addresses force row level security');
    this.addSql(
      'create policy service on notifications.cleared_addresses to notifications using (true) with check (true)',
    );
    this.addSql('grant select, insert, update on notifications.cleared_addresses to notifications');
  }
}
