import { Migration } from '@mikro-orm/migrations';

/** Reviewers are notified of a new application, as of a waiting one: neither notice is visible to the organization. */
export class KeepReceivedFromOrganizations extends Migration {
  override name = 'KeepReceivedFromOrganizations';

  up(): void {
    const own = `organization_id = nullif(current_setting('app.organization', true), '')::uuid`;
    this.addSql(`alter policy own_organization on notifications.notices using (${own}
      and kind <> 'application_received' and kind <> 'application_waiting' and kind <> 'application_escalated')`);
    this.addSql(`alter policy own_organization on notifications.audit using (${own}
      and coalesce(details ->> 'key', '') !~ '/application_(received|waiting|escalated)$')`);
  }
}
