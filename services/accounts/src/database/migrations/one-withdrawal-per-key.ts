import { Migration } from '@mikro-orm/migrations';

/** A key is of one withdrawal, and how many new accounts an organization asks for is counted at each that it asks for. */
export class OneWithdrawalPerKey extends Migration {
  override up(): void {
    // Of two that held, since they came at once, the later has no key any more: sent again, it hears that it is withdrawn.
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
