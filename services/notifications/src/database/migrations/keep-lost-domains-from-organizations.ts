import { Migration } from '@mikro-orm/migrations';

/**
 * Notices to Customer Success about an organization's domain, and their addresses, are not visible to the organization.
 */
export class KeepLostDomainsFromOrganizations extends Migration {
  override name = 'KeepLostDomainsFromOrganizations';

  up(): void {
    const own = `organization_id = nullif(current_setting('app.organization', true), '')::uuid`;
    this.addSql(`alter policy own_organization on notifications.notices using (${own}
      and kind <> 'application_received' and kind <> 'application_waiting' and kind <> 'application_escalated'
      and kind <> 'recipients_unreachable' and kind <> 'organization_domain_failed')`);
    this.addSql(`alter policy own_organization on notifications.audit using (${own}
      and coalesce(details ->> 'key', '') !~ '/(application_(received|waiting|escalated)|recipients_unreachable|organization_domain_failed)$')`);
  }
}
