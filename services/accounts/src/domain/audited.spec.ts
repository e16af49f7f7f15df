import { authorOf, memberOf, withinOrganization } from './audited.js';

const memberId = '01990000-0000-7000-8000-000000000001';

describe('who did something', () => {
  it.each([
    ['a member', { memberId, action: 'decision.recorded' }, { kind: 'member', memberId, service: null }],
    [
      'the workflows, whose steps are all the rest',
      { memberId: null, action: 'account.created' },
      { kind: 'service', memberId: null, service: 'workflows' },
    ],
  ])('is %s', (_, entry, author) => expect(authorOf(entry)).toEqual(author));

  it.each([
    'account.imported',
    'address.forgotten',
    'member.forgotten',
    'member.saved',
    'organization.saved',
    'sector.saved',
  ])('is an operator, who has no member: %s', (action) =>
    expect(authorOf({ memberId: null, action })).toEqual({ kind: 'operator', memberId: null, service: null }),
  );
});

describe('whom a change is about', () => {
  const byOperator = authorOf({ memberId: null, action: 'member.saved' });
  it.each([
    ['is the member as they are', { before: null, after: { memberId } }, byOperator, memberId],
    ['is the member as they were, who is gone', { before: { memberId }, after: null }, byOperator, memberId],
    ['is nobody beside who made it', { before: null, after: { memberId } }, authorOf({ memberId, action: 'x' }), null],
    ['is nobody of whom nothing is noted', { before: null, after: { logoUrl: null } }, byOperator, null],
  ])('%s', (_, change, by, about) => expect(memberOf(change, by)).toBe(about));
});

it('who moved from another organization has, for the new one, not been anything before', () => {
  const [was, is] = [
    { organizationId: 'a', roles: ['super_admin'] },
    { organizationId: 'b', roles: [] },
  ];
  expect(withinOrganization({ before: was, after: is }, 'b')).toEqual({ before: null, after: is });
  expect(withinOrganization({ before: was, after: null }, 'a')).toEqual({ before: was, after: null });
  expect(withinOrganization({ before: { logoUrl: 'x' } }, 'a')).toEqual({ before: { logoUrl: 'x' } });
});
