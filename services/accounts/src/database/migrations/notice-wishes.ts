import { Migration } from '@mikro-orm/migrations';

/** The notices that a member has turned off; none by default. */
export class NoticeWishes extends Migration {
  override up(): void {
    this.addSql(`alter table accounts.members add column unwanted text[] not null default '{}'`);
  }
}
