import { licenseToName } from './license-to-name.js';

const before = { license: 'basic', contracted: 200, rtcLines: 0, expiresOn: '2027-11-24', state: 'active' } as const;
const application = { request: { license: 'plus' }, before };

it.each([
  ['application_submitted', 'plus'],
  ['application_received', 'plus'],
  ['application_waiting', 'plus'],
  ['application_escalated', 'plus'],
  ['license_changed', 'basic'],
  ['application_approved', null],
  ['reminder', null],
] as const)('%s names the license %s besides the one in force', (kind, code) =>
  expect(licenseToName(kind, application)).toBe(code),
);

it('there is no such license if the application requests none, or if the previous one is unknown', () => {
  expect(licenseToName('application_received', { request: { datapoints: 300 }, before })).toBeNull();
  expect(licenseToName('license_changed', { ...application, before: null })).toBeNull();
  expect(licenseToName('application_received', null)).toBeNull();
});
