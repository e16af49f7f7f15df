import { Migration } from '@mikro-orm/migrations';

/** How many subscriptions a policy change could not move. */
export class CountKept extends Migration {
  override up(): void {
    this.addSql('alter table licensing.policy_changes add column kept int not null default 0');
  }
}
