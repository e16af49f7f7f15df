import type { audiences, NoticeGroup, NoticeKind, NoticeKindForReviewers } from '@tenure/contracts';

export type Audience = (typeof audiences)[number];
type ReviewersAudience = 'customer_success' | 'customer_success_leads';

/** Whom each kind of notice is for (docs/rules.md: E-mails). */
const audienceOfKind: {
  [K in NoticeKind]: K extends NoticeKindForReviewers ? ReviewersAudience : Exclude<Audience, ReviewersAudience>;
} = {
  application_submitted: 'applicant',
  application_approved: 'applicant',
  application_rejected: 'applicant',
  application_failed: 'applicant',
  application_withdrawn: 'applicant',
  application_lapsed: 'applicant',
  application_received: 'customer_success',
  application_waiting: 'customer_success',
  application_escalated: 'customer_success_leads',
  subscription_renewed: 'super_admins',
  datapoints_changed: 'super_admins',
  license_changed: 'super_admins',
  reminder: 'super_admins',
  subscription_expired: 'super_admins',
  recipients_unreachable: 'customer_success',
  email_domain_failed: 'super_admins',
  email_domain_taken_over: 'super_admins',
  organization_domain_failed: 'customer_success',
};

export function audienceOf(kind: NoticeKind): Audience {
  return audienceOfKind[kind];
}

/** Notices to reviewers lead to Customer Success's own section. */
export function isForReviewers(kind: NoticeKind): boolean {
  return audienceOf(kind) === 'customer_success' || audienceOf(kind) === 'customer_success_leads';
}

/** Whether the notice tells SuperAdmins about a domain of their organization. */
export function isAboutOwnDomain(kind: string): boolean {
  return kind === 'email_domain_failed' || kind === 'email_domain_taken_over';
}

/** The group by which SuperAdmins can turn a notice off; undefined for notices that cannot be turned off. */
export function groupOf(kind: NoticeKind): NoticeGroup | undefined {
  if (audienceOf(kind) !== 'super_admins' || isAboutOwnDomain(kind)) return undefined;
  return kind === 'reminder' || kind === 'subscription_expired' ? 'reminders' : 'decisions';
}

/** Whether the account's extra addresses get it too: it says until when the account works. */
export function isForExtraAddresses(kind: NoticeKind): boolean {
  return groupOf(kind) === 'reminders' || kind === 'subscription_renewed';
}
