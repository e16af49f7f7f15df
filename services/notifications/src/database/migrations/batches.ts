import { Migration } from '@mikro-orm/migrations';

/**
 * A dispatch is one e-mail or a batch; urgent notices go first; the provider's limit is enforced across all instances.
 */
export class Batches extends Migration {
  override name = 'Batches';

  up(): void {
    this.addSql(`alter table notifications.notices
      add urgent boolean not null default true, add alone boolean not null default false, add dispatch_id uuid null`);
    this.addSql(`alter table notifications.dispatches
      add claim_id uuid null, add attempt_at timestamptz not null default now(), add failures int not null default 0`);
    for (const column of ['attempt_at', 'failures'])
      this.addSql(`alter table notifications.dispatches alter ${column} drop default`);

    this.addSql(`create table notifications.dispatched_emails (
      dispatch_id uuid not null constraint dispatched_emails_dispatch_id_foreign references notifications.dispatches,
      position int not null,
      delivery_id uuid not null constraint dispatched_emails_delivery_id_foreign references notifications.deliveries,
      organization_id uuid not null,
      status text not null,
      request text not null,
      primary key (dispatch_id, position)
    )`);
    this.addSql(`create table notifications.turns (
      turn int not null primary key,
      holder uuid null,
      free_at timestamptz not null
    )`);

    // Row-level security also applies to the owner, who migrates and has no policy.
    for (const table of ['notices', 'deliveries', 'dispatches'])
      this.addSql(`alter table notifications.${table} no force row level security`);
    this.addSql(`update notifications.notices set urgent = false where kind = 'reminder' and "offset" <> 'P0D'`);
    this.addSql(`insert into notifications.dispatched_emails
      select dispatch_id, 0, delivery_id, organization_id, status, request from notifications.dispatches`);
    this.addSql(`update notifications.notices n set dispatch_id = d.dispatch_id
      from notifications.dispatches d join notifications.deliveries v using (delivery_id)
      where v.notice_id = n.notice_id and d.status = 'open'`);
    for (const table of ['notices', 'deliveries', 'dispatches'])
      this.addSql(`alter table notifications.${table} force row level security`);
    // The provider's limit until it says otherwise.
    this.addSql('insert into notifications.turns select turn, null, now() from generate_series(1, 5) turn');

    this.addSql(`alter table notifications.dispatches
      drop delivery_id, drop organization_id, drop status, drop request`);
    this.addSql('create index dispatches_due on notifications.dispatches (attempt_at) where ended_at is null');
    this.addSql(`create index dispatched_emails_of_delivery on notifications.dispatched_emails (delivery_id)`);
    // Whatever goes wrong, an e-mail that was or may have been accepted has no second one beside it.
    this.addSql(`create unique index dispatched_emails_one_at_a_time on notifications.dispatched_emails (delivery_id)
      where status in ('open', 'sent')`);
    this.addSql('drop index notifications.notices_due');
    this.addSql(`create index notices_due on notifications.notices (urgent desc, attempt_at)
      where status = 'planned' and dispatch_id is null`);

    for (const table of ['dispatched_emails', 'turns']) {
      this.addSql(`alter table notifications.${table} enable row level security`);
      this.addSql(`alter table notifications.${table} force row level security`);
      this.addSql(`create policy service on notifications.${table} to notifications using (true) with check (true)`);
      this.addSql(`grant select, insert, update, delete on notifications.${table} to notifications`);
    }
  }
}
