import { authorOf, memberOf, withinOrganization } from './audited.js';

const memberId = '01990000-0000-7000-8000-000000000001';

describe('the author of an action', () => {
  it.each([
    ['a member', { memberId, action: 'decision.recorded' }, { kind: 'member', memberId, service: null }],
    [
      'the workflows, for all other actions',
      { memberId: null, action: 'account.created' },
      { kind: 'service', memberId: null, service: 'workflows' },
    ],
  ])('is %s', (_, entry, author) => expect(authorOf(entry)).toEqual(author));

  it.each([
    'account.imported',
    'address.forgotten',
    'calendar.reminders_removed',
    'email_contents.removed',
    'member.forgotten',
    'member.saved',
    'organization.saved',
    'sector.saved',
  ])('is an operator, without a member: %s', (action) =>
    expect(authorOf({ memberId: null, action })).toEqual({ kind: 'operator', memberId: null, service: null }),
  );
});

describe('the member whom a change is about', () => {
  const byOperator = authorOf({ memberId: null, action: 'member.saved' });
  it.each([
    ['is the member after the change', { before: null, after: { memberId } }, byOperator, memberId],
    ['is the member before the change, if they are gone', { before: { memberId }, after: null }, byOperator, memberId],
    [
      'is nobody if they made the change themselves',
      { before: null, after: { memberId } },
      authorOf({ memberId, action: 'x' }),
      null,
    ],
    ['is nobody if no member is recorded', { before: null, after: { logoUrl: null } }, byOperator, null],
  ])('%s', (_, change, by, about) => expect(memberOf(change, by)).toBe(about));
});

it('a member who moved from another organization has no previous state in the new one', () => {
  const [was, is] = [
    { organizationId: 'a', roles: ['super_admin'] },
    { organizationId: 'b', roles: [] },
  ];
  expect(withinOrganization({ before: was, after: is }, 'b')).toEqual({ before: null, after: is });
  expect(withinOrganization({ before: was, after: null }, 'a')).toEqual({ before: was, after: null });
  expect(withinOrganization({ before: { logoUrl: 'x' } }, 'a')).toEqual({ before: { logoUrl: 'x' } });
});
