import { authorOf, changeOf } from './audit.js';

const memberId = '01990000-0000-7000-8000-000000000001';
const applicationId = '01990000-0000-7000-8000-000000000002';

it.each([
  ['a member', { memberId }, { kind: 'member', memberId, service: null }],
  ['an operator', { service: 'operator' }, { kind: 'operator', memberId: null, service: null }],
  ['an operator who imports', { service: 'importer' }, { kind: 'operator', memberId: null, service: null }],
  ['a service', { service: 'ingestion' }, { kind: 'service', memberId: null, service: 'ingestion' }],
  [
    'the workflows, for a change that an application causes',
    { applicationId },
    { kind: 'service', memberId: null, service: 'workflows' },
  ],
])('who did something is %s', (_, cause, author) => expect(authorOf(cause)).toEqual(author));

describe('the recorded details of a change', () => {
  it('are split into before and after', () =>
    expect(changeOf({ before: { contracted: 100 }, after: { contracted: 200 } })).toEqual({
      before: { contracted: 100 },
      after: { contracted: 200 },
    }));

  it('put further details into after', () =>
    expect(changeOf({ verdict: 'approve', problem: null, before: null })).toEqual({
      before: null,
      after: { verdict: 'approve', problem: null },
    }));

  it('put further details into after, beside a recorded after', () =>
    expect(changeOf({ reason: 'asked', before: { contracted: 100 }, after: { contracted: 200 } })).toEqual({
      before: { contracted: 100 },
      after: { reason: 'asked', contracted: 200 },
    }));

  it('show no change without an after: what was recorded was true when it was decided', () =>
    expect(changeOf({ verdict: 'approve', problem: null, before: { contracted: 100 } })).toEqual({
      before: null,
      after: { verdict: 'approve', problem: null, held: { contracted: 100 } },
    }));

  it('show what was removed', () =>
    expect(changeOf({ before: { comment: 'x' }, after: null })).toEqual({ before: { comment: 'x' }, after: null }));

  it('are empty if nothing was recorded', () => expect(changeOf({})).toEqual({ before: null, after: null }));
});
