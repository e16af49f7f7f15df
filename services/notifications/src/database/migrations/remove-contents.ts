import { Migration } from '@mikro-orm/migrations';

/** The contents of old e-mails can be removed; the record that they were sent stays (ADR 47). */
export class RemoveContents extends Migration {
  override name = 'RemoveContents';

  up(): void {
    this.addSql('alter table notifications.deliveries add contents_removed_at timestamptz null');
    this.addSql('alter table notifications.dispatched_emails add html_sha256 text null, add text_sha256 text null');
  }
}
