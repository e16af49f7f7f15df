import { Migration } from '@mikro-orm/migrations';

/**
 * An idempotency key belongs to one withdrawal. Also adds an index for counting an organization's pending new accounts,
 * which happens with each application for one.
 */
export class OneWithdrawalPerKey extends Migration {
  override up(): void {
    // If two concurrent withdrawals used one key, the later loses it. A repeat of that request gets the answer that the
    // application is already withdrawn.
    this.addSql('alter table accounts.applications no force row level security');
    this.addSql(`update accounts.applications a set withdrawal_key = null
      where exists (
        select from accounts.applications first
        where first.withdrawn_by = a.withdrawn_by and first.withdrawal_key = a.withdrawal_key
          and (first.ended_at, first.application_id) < (a.ended_at, a.application_id))`);
    this.addSql('alter table accounts.applications force row level security');
    this.addSql('drop index accounts.applications_by_withdrawal');
    this.addSql(`create unique index one_withdrawal_per_key on accounts.applications (withdrawn_by, withdrawal_key)
      where withdrawn_by is not null`);
    this.addSql(`create index pending_new_accounts on accounts.applications (organization_id)
      where status = 'pending' and type = 'new_account'`);
  }
}
