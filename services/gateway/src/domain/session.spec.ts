import { authenticatedAt, endOf, hasLostARole, isStillValid, isWorthStoring, type Session } from './session.js';

const hour = 3_600_000;
const limits = { idle: 8 * hour, absolute: 24 * hour };
const nine = Date.parse('2026-11-24T09:00:00.000Z');

function aSession(overrides: Partial<Session> = {}): Session {
  return {
    issuer: 'https://id.example',
    subject: 'ana',
    roles: ['super_admin'],
    createdAt: nine,
    signedInAt: nine,
    lastSeenAt: nine,
    ...overrides,
  };
}

describe('a session ends', () => {
  it('eight hours after the last request', () =>
    expect(endOf(aSession({ lastSeenAt: nine + 2 * hour }), limits)).toBe(nine + 10 * hour));
  it('a day after the sign-in, however busy it is', () =>
    expect(endOf(aSession({ lastSeenAt: nine + 23 * hour }), limits)).toBe(nine + 24 * hour));
  it('when its member has lost a role', () =>
    expect(hasLostARole(aSession({ roles: ['super_admin', 'customer_success'] }), ['super_admin'])).toBe(true));
  it('not when its member gains one', () =>
    expect(hasLostARole(aSession(), ['super_admin', 'customer_success'])).toBe(false));
});

describe('somebody authenticated', () => {
  const told = { authenticated: nine / 1_000 - 60, issued: nine / 1_000 };
  it.each([
    ['when the provider says, if it issues the ID token in the second in which we ask', 999, -60],
    ['when the provider says, if its clock is ahead by five seconds', -5_000, -60],
    ['when the provider says, if its clock is behind by five seconds', 5_999, -60],
    ['as long before we ask as the provider says, if its clock is ahead by more', -300_000, -360],
    ['as long before we ask as the provider says, if its clock is behind by more', 300_000, 240],
  ])('%s', (_, asked, seconds) => expect(authenticatedAt(told, nine + asked)).toBe(nine + seconds * 1_000));
});

describe('a sign-in is valid', () => {
  const at = (hours: number) => new Date(nine + hours * hour).toISOString();
  it.each([
    ['if its member has not signed out everywhere', {}, true],
    ['if its member signed out everywhere before it', { signedOutAt: at(-1) }, true],
    ['if that was at the same instant', { signedOutAt: at(0) }, true],
    ['not if its member signed out everywhere since', { signedOutAt: at(1) }, false],
    ['not if its member was readmitted since', { readmittedAt: at(1), signedOutAt: at(-1) }, false],
  ])('%s', (_, ended, does) => expect(isStillValid(nine, ended)).toBe(does));
});

describe('a request is stored in the session', () => {
  it.each([
    ['not within five minutes of the last', 299_999, limits, false],
    ['after five minutes', 300_000, limits, true],
    ['after a tenth of a short limit', 1_000, { idle: 10_000, absolute: hour }, true],
    ['not before a tenth of a short limit', 999, { idle: 10_000, absolute: hour }, false],
  ])('%s', (_, later, within, noted) => expect(isWorthStoring(aSession(), within, nine + later)).toBe(noted));
});
