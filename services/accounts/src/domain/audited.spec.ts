import { authorOf, changeOf } from './audited.js';

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

  it.each(['account.imported', 'member.saved', 'organization.saved', 'sector.saved'])(
    'is an operator, who has no member: %s',
    (action) =>
      expect(authorOf({ memberId: null, action })).toEqual({ kind: 'operator', memberId: null, service: null }),
  );
});

describe('what was noted of a change', () => {
  it('is how it was before and after', () =>
    expect(changeOf({ before: { contracted: 100 }, after: { contracted: 200 } })).toEqual({
      before: { contracted: 100 },
      after: { contracted: 200 },
    }));

  it('counts what else was noted to what came of it', () =>
    expect(changeOf({ verdict: 'approve', problem: null, before: null })).toEqual({
      before: null,
      after: { verdict: 'approve', problem: null },
    }));

  it('counts it so beside what was noted of an after', () =>
    expect(changeOf({ reason: 'asked', before: { contracted: 100 }, after: { contracted: 200 } })).toEqual({
      before: { contracted: 100 },
      after: { reason: 'asked', contracted: 200 },
    }));

  it('is no change where nothing was noted of an after: what was there held when it was decided', () =>
    expect(changeOf({ verdict: 'approve', problem: null, before: { contracted: 100 } })).toEqual({
      before: null,
      after: { verdict: 'approve', problem: null, held: { contracted: 100 } },
    }));

  it('says what is gone', () =>
    expect(changeOf({ before: { comment: 'x' }, after: null })).toEqual({ before: { comment: 'x' }, after: null }));

  it('is nothing where nothing was noted', () => expect(changeOf({})).toEqual({ before: null, after: null }));
});
