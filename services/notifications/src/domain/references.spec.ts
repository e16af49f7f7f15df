import { missingReferences } from './references.js';

const nothing = { offset: null, accountId: null, applicationId: null, termNumber: null };

it.each([
  ['reminder', ['offset', 'accountId', 'termNumber']],
  ['subscription_expired', ['accountId', 'termNumber']],
  ['subscription_renewed', ['accountId']],
  ['datapoints_changed', ['accountId', 'applicationId']],
  ['license_changed', ['accountId', 'applicationId']],
  ['recipients_unreachable', []],
  ['email_domain_failed', []],
  ['email_domain_taken_over', []],
  ['organization_domain_failed', []],
  ['application_submitted', ['applicationId']],
  ['application_approved', ['applicationId']],
  ['application_waiting', ['applicationId']],
] as const)('a notice %s needs %s', (kind, fields) => expect(missingReferences({ kind, ...nothing })).toEqual(fields));

it('a complete notice lacks nothing', () =>
  expect(
    missingReferences({ kind: 'reminder', ...nothing, offset: 'P1M', accountId: 'an-account', termNumber: 1 }),
  ).toEqual([]));
