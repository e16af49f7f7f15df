import { Migration } from '@mikro-orm/migrations';

/** A SuperAdmin who is also in Customer Success revokes with the service's role. */
export class RevokeCalendars extends Migration {
  override up(): void {
    this.addSql('grant update (revoked_at) on accounts.calendars to accounts');
  }
}
