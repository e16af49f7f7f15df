import { Migration } from '@mikro-orm/migrations';

/** Every sign-in of the member before this time is invalid. */
export class SignOutEverywhere extends Migration {
  override up(): void {
    this.addSql('alter table accounts.members add column signed_out_at timestamptz(3)');
  }
}
