import { Migration } from '@mikro-orm/migrations';

/**
 * The application of an audit entry's notice gets a column name that no other table has: the previous version joins
 * entries with notices and reads `application_id`, which was ambiguous, so it answered no request for the trail of an
 * account.
 */
export class RenameAuditApplication extends Migration {
  override name = 'RenameAuditApplication';

  up(): void {
    this.addSql('alter table notifications.audit rename application_id to notice_application_id');
    this
      .addSql(`create or replace function notifications.audit_set_account_fn() returns trigger language plpgsql as $$ begin
      select n.account_id, n.application_id into new.account_id, new.notice_application_id from notifications.notices n
      where n.notice_id = (case when new.action like 'notice.%' then new.subject
        when new.action like 'delivery.%' then new.details ->> 'noticeId' end)::uuid;
      return new; end $$`);
  }
}
