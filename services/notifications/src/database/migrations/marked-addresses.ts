import { Migration } from '@mikro-orm/migrations';

/** Marked addresses, and notices that may have reached nobody. */
export class MarkedAddresses extends Migration {
  override name = 'MarkedAddresses';

  up(): void {
    const own = `organization_id = nullif(current_setting('app.organization', true), '')::uuid`;
    this.addSql(`create table notifications.marked_addresses (
      organization_id uuid not null,
      address text not null,
      why text not null,
      words text null,
      delivery_id uuid not null,
      marked_at timestamptz not null,
      primary key (organization_id, address)
    )`);
    this.addSql('alter table notifications.marked_addresses enable row level security');
    this.addSql('alter table notifications.marked_addresses force row level security');
    this.addSql(
      'create policy service on notifications.marked_addresses to notifications using (true) with check (true)',
    );
    this.addSql(`create policy own_organization on notifications.marked_addresses for select to notifications_member
      using (${own})`);
    this.addSql('grant select, insert, update, delete on notifications.marked_addresses to notifications');
    this.addSql('grant select on notifications.marked_addresses to notifications_member');

    this.addSql('alter table notifications.notices add column reach_at timestamptz null');
    this.addSql('create index notices_to_reach on notifications.notices (reach_at) where reach_at is not null');

    // Only reviewers are notified that nobody of an organization can be reached.
    this.addSql(`alter policy own_organization on notifications.notices using (${own}
      and kind <> 'application_received' and kind <> 'application_waiting' and kind <> 'application_escalated'
      and kind <> 'recipients_unreachable')`);
    this.addSql(`alter policy own_organization on notifications.audit using (${own}
      and coalesce(details ->> 'key', '') !~ '/(application_(received|waiting|escalated)|recipients_unreachable)$')`);
  }
}
