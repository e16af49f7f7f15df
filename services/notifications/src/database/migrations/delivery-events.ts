import { Migration } from '@mikro-orm/migrations';

/** What happened to an e-mail after it was sent, as the provider reports it. */
export class DeliveryEvents extends Migration {
  override name = 'DeliveryEvents';

  up(): void {
    this.addSql(`create table notifications.delivery_events (
      delivery_event_id uuid not null primary key,
      delivery_id uuid not null constraint delivery_events_delivery_id_foreign references notifications.deliveries,
      organization_id uuid not null,
      kind text not null,
      at timestamptz not null,
      recorded_at timestamptz not null,
      report_id text not null constraint delivery_events_report_id_unique unique,
      provider_id text not null,
      permanent boolean not null,
      words text null
    )`);
    this.addSql('create index delivery_events_of_delivery on notifications.delivery_events (delivery_id)');
    this.addSql(`create index deliveries_by_provider_id on notifications.deliveries (provider_id)
      where provider_id is not null`);
    this.addSql('alter table notifications.delivery_events enable row level security');
    this.addSql('alter table notifications.delivery_events force row level security');
    this.addSql(
      'create policy service on notifications.delivery_events to notifications using (true) with check (true)',
    );
    this.addSql(`create policy own_organization on notifications.delivery_events for select to notifications_member
      using (organization_id = nullif(current_setting('app.organization', true), '')::uuid
        and exists (select from notifications.deliveries d where d.delivery_id = delivery_events.delivery_id))`);
    // Stored reports never change.
    this.addSql('grant select, insert on notifications.delivery_events to notifications');
    this.addSql('grant select on notifications.delivery_events to notifications_member');
  }
}
