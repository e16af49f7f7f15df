import { Migration } from '@mikro-orm/migrations';

/** Of an e-mail that is handed over, only what it alone says is kept with it. Those of before keep their whole request. */
export class Forms extends Migration {
  override name = 'Forms';

  up(): void {
    this.addSql(`create table notifications.forms (
      form_id text not null primary key,
      html text not null,
      text text not null
    )`);
    this.addSql('alter table notifications.forms enable row level security');
    this.addSql('alter table notifications.forms force row level security');
    this.addSql('create policy service on notifications.forms to notifications using (true) with check (true)');
    this.addSql('grant select, insert on notifications.forms to notifications');
    // An instance of the version before finds no request in those of this one, and leaves them to it.
    this.addSql(`alter table notifications.dispatched_emails
      alter request drop not null, add form_id text null, add filled text null`);
  }
}
