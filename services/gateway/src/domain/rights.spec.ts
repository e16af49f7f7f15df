import type { Role } from '@tenure/contracts';
import { actions, may, rights, whoMay, type Action } from './rights.js';

const everyMember: Action[] = [
  'see_oneself',
  'list_licenses',
  'list_email_domains',
  'list_sectors',
  'list_countries',
  'list_account_names',
  'set_language',
  'follow_live',
];

describe('rights', () => {
  const allowed = (...roles: Role[]) => actions.filter((action) => may({ roles }, action)).sort();

  it('let a member without a role only see themselves, the catalog and the names of accounts, choose a language, and follow changes of their rights', () =>
    expect(allowed()).toEqual(everyMember.toSorted()));

  it('let both SuperAdmins and Customer Success see accounts, applications, their outcomes and audit trails', () =>
    expect(
      allowed('super_admin').filter(
        (action) => allowed('customer_success').includes(action) && !allowed().includes(action),
      ),
    ).toEqual([
      'download_accounts',
      'download_allocations',
      'download_application_emails',
      'download_applications',
      'download_audit_lines',
      'download_audit_table',
      'download_emails',
      'download_organization_audit_lines',
      'download_organization_audit_table',
      'list_accounts',
      'list_applications',
      'move_clock',
      'see_account',
      'see_allocations',
      'see_application',
      'see_application_emails',
      'see_audit',
      'see_delivery',
      'see_emails',
      'see_organization_audit',
      'see_recipients',
      'see_reminder_policy',
      'see_timeline',
    ]));

  it('let only a SuperAdmin apply, withdraw, and change settings of the whole organization', () =>
    expect(allowed('super_admin').filter((action) => !allowed('customer_success').includes(action))).toEqual([
      'add_email_domain',
      'change_reminder_policy',
      'clear_marked_address',
      'continue_policy_change',
      'create_calendar_feed',
      'delete_email_domain',
      'list_marked_addresses',
      'preview_application',
      'preview_reminder_policy',
      'revoke_calendars',
      'see_calendars',
      'see_email_domain',
      'see_fallback_address',
      'see_notice_wishes',
      'set_email_domain_sender',
      'set_fallback_address',
      'set_notice_wishes',
      'set_organization_logo',
      'set_recipients',
      'stop_policy_change',
      'submit_application',
      'verify_email_domain',
      'withdraw_application',
    ]));

  it('let only Customer Success decide, find and view organizations, and resolve e-mails whose outcome is unknown', () =>
    expect(allowed('customer_success').filter((action) => !allowed('super_admin').includes(action))).toEqual([
      'check_applications',
      'decide_application',
      'download_deliveries',
      'download_organizations',
      'find_organizations',
      'list_deliveries',
      'list_organization_email_domains',
      'list_organization_marked_addresses',
      'list_organization_members',
      'resolve_delivery',
      'see_organization',
      'see_organization_email_domain',
      'summarize_applications',
    ]));

  it('are the same for the lead as for Customer Success', () =>
    expect(allowed('customer_success_lead')).toEqual(allowed('customer_success')));

  it('let a member with several roles do what any of them allows', () =>
    expect(allowed('super_admin', 'customer_success')).toEqual(actions.toSorted()));

  it('name only existing actions, each once', () => {
    for (const granted of Object.values(rights)) expect(new Set(granted).size).toBe(granted.length);
    expect(new Set(Object.values(rights).flat())).toEqual(new Set(actions));
  });

  it('are documented as the roles that have them', () => {
    expect(whoMay('see_oneself')).toEqual(['no_role']);
    expect(whoMay('submit_application')).toEqual(['super_admin']);
    expect(whoMay('list_accounts')).toEqual(['super_admin', 'customer_success', 'customer_success_lead']);
  });
});
