import { aSubscription } from '../testing/words.js';
import { linkOf } from './link.js';

const words = { subscription: aSubscription() };

it.each([
  ['reminder', 'acc', null, 'https://tenure.example/account-management/accounts/acc/renewal'],
  ['subscription_expired', 'acc', null, 'https://tenure.example/account-management/accounts/acc/renewal'],
  ['subscription_renewed', 'acc', 'app', 'https://tenure.example/account-management/accounts/acc'],
  ['application_approved', 'acc', 'app', 'https://tenure.example/account-management/accounts/acc'],
  ['datapoints_changed', 'acc', 'app', 'https://tenure.example/account-management/accounts/acc'],
  ['license_changed', 'acc', 'app', 'https://tenure.example/account-management/accounts/acc'],
  ['application_submitted', 'acc', 'app', 'https://tenure.example/account-management/applications/app'],
  ['application_rejected', 'acc', 'app', 'https://tenure.example/account-management/applications/app'],
  ['application_failed', null, 'app', 'https://tenure.example/account-management/applications/app'],
  ['email_domain_failed', null, null, 'https://tenure.example/account-management/settings/email-domains'],
  ['email_domain_taken_over', null, null, 'https://tenure.example/account-management/settings/email-domains'],
  ['organization_domain_failed', null, null, 'https://tenure.example/customer-success/organizations/org'],
  ['application_received', null, 'app', 'https://tenure.example/customer-success/applications/app'],
  ['application_waiting', 'acc', 'app', 'https://tenure.example/customer-success/applications/app'],
  ['application_escalated', null, 'app', 'https://tenure.example/customer-success/applications/app'],
  ['recipients_unreachable', 'acc', 'app', 'https://tenure.example/customer-success/accounts/acc?show=emails'],
  ['recipients_unreachable', null, 'app', 'https://tenure.example/customer-success/applications/app'],
  ['recipients_unreachable', null, null, 'https://tenure.example/customer-success/organizations/org'],
] as const)('%s links to the page of its subject', (kind, accountId, applicationId, link) =>
  expect(linkOf('https://tenure.example/', { kind, organizationId: 'org', accountId, applicationId }, words)).toBe(
    link,
  ),
);

it.each(['reminder', 'subscription_expired'] as const)(
  '%s does not link to the renewal form while a renewal is pending',
  (kind) =>
    expect(
      linkOf(
        'https://tenure.example',
        { kind, organizationId: 'org', accountId: 'acc', applicationId: null },
        { subscription: aSubscription({ renewalPending: true }) },
      ),
    ).toBe('https://tenure.example/account-management/accounts/acc'),
);
