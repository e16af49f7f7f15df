import { Migration } from '@mikro-orm/migrations';

/** What a member does not wish to be told: nothing, until one says so. */
export class NoticeWishes extends Migration {
  override up(): void {
    this.addSql(`alter table accounts.members add column unwanted text[] not null default '{}'`);
  }
}
