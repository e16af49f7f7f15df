import { noticeKinds } from '@tenure/contracts';
import { audienceOf, groupOf, isForExtraAddresses, isForReviewers } from './audience.js';

it('sends notices about the account to SuperAdmins, about the application to the applicant, about pending work to reviewers', () =>
  expect(Object.fromEntries(noticeKinds.map((kind) => [kind, audienceOf(kind)]))).toEqual({
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
  }));

it('knows the notices for reviewers', () =>
  expect(noticeKinds.filter(isForReviewers)).toEqual([
    'application_received',
    'application_waiting',
    'application_escalated',
    'recipients_unreachable',
    'organization_domain_failed',
  ]));

it('lets SuperAdmins turn off the notices that go to all of them', () => {
  expect(noticeKinds.filter((kind) => groupOf(kind) === 'reminders')).toEqual(['reminder', 'subscription_expired']);
  expect(noticeKinds.filter((kind) => groupOf(kind) === 'decisions')).toEqual([
    'subscription_renewed',
    'datapoints_changed',
    'license_changed',
  ]);
});

it('sends extra addresses only the notices that say until when the account works', () =>
  expect(noticeKinds.filter(isForExtraAddresses)).toEqual([
    'subscription_renewed',
    'reminder',
    'subscription_expired',
  ]));
