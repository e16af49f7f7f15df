import { Migration } from '@mikro-orm/migrations';

/** A removed member is no longer a member, but the row stays. */
export class RemoveMembers extends Migration {
  override up(): void {
    this.addSql(`alter table accounts.members add column removed_at timestamptz(3),
      add column readmitted_at timestamptz(3),
      add constraint removed_without_role check (removed_at is null or roles = '{}')`);
    // The calendar feed that they created is revoked with them.
    this.addSql('grant update (revoked_at) on accounts.calendars to accounts');
  }
}
