import { Migration } from '@mikro-orm/migrations';

/** The same rule as before, in the form that is generated from the contracts' list. */
export class KeepReviewersNotices extends Migration {
  override name = 'KeepReviewersNotices';

  up(): void {
    const own = `organization_id = nullif(current_setting('app.organization', true), '')::uuid`;
    this.addSql(`alter policy own_organization on notifications.audit using (${own}
      and coalesce(details ->> 'key', '') !~ '/(application_received|application_waiting|application_escalated|recipients_unreachable|organization_domain_failed)$')`);
  }
}
