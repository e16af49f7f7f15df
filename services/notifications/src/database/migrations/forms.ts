import { Migration } from '@mikro-orm/migrations';

/** A sent e-mail keeps only its own texts; its form is stored once. Older e-mails keep their whole request. */
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
    // An instance of the previous version finds no request in rows of this one, and leaves them to it.
    this.addSql(`alter table notifications.dispatched_emails
      alter request drop not null, add form_id text null, add filled text null`);
  }
}
