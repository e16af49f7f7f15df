import { linkOf } from './link.js';

it.each([
  ['reminder', 'acc', null, 'https://tenure.example/account-management/accounts/acc'],
  ['subscription_expired', 'acc', null, 'https://tenure.example/account-management/accounts/acc'],
  ['subscription_renewed', 'acc', 'app', 'https://tenure.example/account-management/accounts/acc'],
  ['application_approved', 'acc', 'app', 'https://tenure.example/account-management/accounts/acc'],
  ['application_rejected', 'acc', 'app', 'https://tenure.example/account-management/applications/app'],
  ['application_failed', null, 'app', 'https://tenure.example/account-management/applications/app'],
  ['application_waiting', 'acc', 'app', 'https://tenure.example/customer-success/applications/app'],
  ['application_escalated', null, 'app', 'https://tenure.example/customer-success/applications/app'],
] as const)('%s leads to the page that it is about', (kind, accountId, applicationId, link) =>
  expect(linkOf('https://tenure.example/', { kind, accountId, applicationId })).toBe(link),
);
