import { Migration } from '@mikro-orm/migrations';

/** A SuperAdmin who is in Customer Success as well revokes as the service. */
export class RevokeCalendars extends Migration {
  override up(): void {
    this.addSql('grant update (revoked_at) on accounts.calendars to accounts');
  }
}
