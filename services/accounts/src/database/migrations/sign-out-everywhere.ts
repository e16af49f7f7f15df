import { Migration } from '@mikro-orm/migrations';

/** Before this, nothing that a member signed in with counts. */
export class SignOutEverywhere extends Migration {
  override up(): void {
    this.addSql('alter table accounts.members add column signed_out_at timestamptz(3)');
  }
}
