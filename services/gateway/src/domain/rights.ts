import type { Actor, Role } from '@tenure/contracts';

const everyMember = [
  'see_oneself',
  'list_licenses',
  'list_email_domains',
  'list_sectors',
  'list_countries',
  'list_account_names',
  'set_language',
  'follow_live',
] as const;

const readers = [
  'list_applications',
  'see_application',
  'see_application_emails',
  'list_accounts',
  'see_account',
  'see_timeline',
  'see_allocations',
  'see_emails',
  'see_delivery',
  'download_accounts',
  'download_applications',
  'download_application_emails',
  'download_allocations',
  'download_emails',
  'see_audit',
  'download_audit_table',
  'download_audit_lines',
  'see_organization_audit',
  'download_organization_audit_table',
  'download_organization_audit_lines',
  'move_clock',
  'see_reminder_policy',
  'see_recipients',
] as const;

const applicants = [
  'list_marked_addresses',
  'clear_marked_address',
  'preview_application',
  'submit_application',
  'withdraw_application',
] as const;

/** Which notices a SuperAdmin wishes to receive. */
const wishers = ['see_notice_wishes', 'set_notice_wishes'] as const;

/** Settings of a whole organization. */
const organizers = [
  'preview_reminder_policy',
  'change_reminder_policy',
  'stop_policy_change',
  'continue_policy_change',
  'see_email_domain',
  'add_email_domain',
  'verify_email_domain',
  'set_email_domain_sender',
  'set_organization_logo',
  'delete_email_domain',
  'see_calendars',
  'create_calendar_feed',
  'revoke_calendars',
  'set_recipients',
  'see_fallback_address',
  'set_fallback_address',
] as const;

const reviewers = [
  'check_applications',
  'summarize_applications',
  'decide_application',
  'find_organizations',
  'download_organizations',
  'see_organization',
  'list_organization_members',
  'list_organization_email_domains',
  'see_organization_email_domain',
  'list_organization_marked_addresses',
  'list_deliveries',
  'download_deliveries',
  'resolve_delivery',
] as const;

/** What a person can do; each route is one action. */
export const actions = [...everyMember, ...readers, ...applicants, ...organizers, ...wishers, ...reviewers] as const;
export type Action = (typeof actions)[number];

/**
 * Who may do what; anything not listed is refused (docs/glossary.md). `no_role` lists what every member may do. The
 * services decide whose objects an action reaches: a SuperAdmin's own organization's, for Customer Success all.
 */
export const rights: Readonly<Record<Role | 'no_role', readonly Action[]>> = {
  no_role: everyMember,
  super_admin: [...readers, ...applicants, ...organizers, ...wishers],
  customer_success: [...readers, ...reviewers],
  customer_success_lead: [...readers, ...reviewers],
};

/** A member with several roles may do what any of them may. */
export function may(actor: Pick<Actor, 'roles'>, action: Action): boolean {
  return [...actor.roles, 'no_role' as const].some((role) => rights[role].includes(action));
}

/** The roles that may do it, for the API's documentation; `no_role` means every member. */
export function whoMay(action: Action): (Role | 'no_role')[] {
  const all: (Role | 'no_role')[] = ['no_role', 'super_admin', 'customer_success', 'customer_success_lead'];
  return rights.no_role.includes(action) ? ['no_role'] : all.filter((role) => rights[role].includes(action));
}
