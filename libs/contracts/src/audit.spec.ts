import { authorOf, changeOf } from './audit.js';

const memberId = '01990000-0000-7000-8000-000000000001';
const applicationId = '01990000-0000-7000-8000-000000000002';

it.each([
  ['a member', { memberId }, { kind: 'member', memberId, service: null }],
  ['an operator', { service: 'operator' }, { kind: 'operator', memberId: null, service: null }],
  ['an operator who imports', { service: 'importer' }, { kind: 'operator', memberId: null, service: null }],
  ['a service', { service: 'ingestion' }, { kind: 'service', memberId: null, service: 'ingestion' }],
  [
    'the workflows, for what an application brings about',
    { applicationId },
    { kind: 'service', memberId: null, service: 'workflows' },
  ],
])('who did something is %s', (_, cause, author) => expect(authorOf(cause)).toEqual(author));

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
