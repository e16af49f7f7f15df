import { momentKind, whyNotRepeated, whyUntrue } from './still-true.js';

const dropped = { current: false, reason: 'renewed' };
const holds = { current: true, reason: null };

describe('the kind under which licensing knows a notice', () => {
  it.each([
    ['reminder', 'P7D', 'P7D'],
    ['subscription_expired', null, 'expired'],
    ['application_approved', null, 'application_approved'],
  ] as const)('of %s %s is %s', (kind, offset, expected) => expect(momentKind({ kind, offset })).toBe(expected));
});

describe('a notice', () => {
  it.each(['reminder', 'subscription_expired'] as const)('%s no longer holds once its plan is dropped', (kind) => {
    expect(whyUntrue(kind, { applicationStatus: null, plan: dropped })).toBe('renewed');
    expect(whyUntrue(kind, { applicationStatus: null, plan: holds })).toBeNull();
  });

  it('no longer holds even if the plan gives no reason', () =>
    expect(whyUntrue('reminder', { applicationStatus: null, plan: { current: false, reason: null } })).toBe(
      'not_current',
    ));

  it('that nobody can be reached still holds, whatever happened to the application', () =>
    expect(whyUntrue('recipients_unreachable', { applicationStatus: 'withdrawn', plan: dropped })).toBeNull());

  it('about an application with an unknown status is sent', () =>
    expect(whyUntrue('application_waiting', { applicationStatus: null, plan: null })).toBeNull());

  it.each([
    'application_approved',
    'application_rejected',
    'subscription_renewed',
    'datapoints_changed',
    'license_changed',
  ] as const)('%s always holds, since it happened', (kind) =>
    expect(whyUntrue(kind, { applicationStatus: 'fulfilled', plan: dropped })).toBeNull(),
  );

  it.each(['application_submitted', 'application_received', 'application_waiting', 'application_escalated'] as const)(
    '%s no longer holds once the application is not pending',
    (kind) => {
      expect(whyUntrue(kind, { applicationStatus: 'pending', plan: null })).toBeNull();
      expect(whyUntrue(kind, { applicationStatus: 'withdrawn', plan: null })).toBe('not_pending');
    },
  );
});

it('an e-mail that may have been accepted is repeated although its application is decided, but not when its plan was dropped', () => {
  expect(whyNotRepeated(null)).toBeNull();
  expect(whyNotRepeated('not_pending')).toBeNull();
  expect(whyNotRepeated('renewed')).toBe('renewed');
});
