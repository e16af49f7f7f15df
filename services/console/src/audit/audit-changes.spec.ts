import { auditChanges } from './audit-changes.js';

describe('what an audit entry shows', () => {
  it('is what changed, and nothing else', () =>
    expect(auditChanges({ contracted: 250, license: 'plus' }, { contracted: 400, license: 'plus' })).toEqual([
      { name: 'contracted', was: 250, is: 400 },
    ]));
  it('has no previous value for what was added', () =>
    expect(auditChanges(null, { license: 'plus', terms: [1] })).toEqual([
      { name: 'license', is: 'plus' },
      { name: 'terms', is: [1] },
    ]));
  it('says that something was removed', () =>
    expect(auditChanges({ comment: 'x' }, null)).toEqual([{ name: 'comment', was: 'x' }]));
  it('leaves out empty values, however they were written', () =>
    expect(
      auditChanges(
        { comment: '', reason: null, seen: undefined, terms: [], license: 'plus' },
        { comment: null, reason: '', seen: null, terms: null, license: 'plus' },
      ),
    ).toEqual([]));
  it('has no new value for what was removed, and no previous one for what was added', () => {
    const [gone, added] = auditChanges({ comment: 'x' }, { reason: 'y' });
    expect([Object.keys(gone!), Object.keys(added!)]).toEqual([
      ['name', 'was'],
      ['name', 'is'],
    ]);
  });
  it('lists each field of a nested value, except empty ones', () =>
    expect(auditChanges(null, { request: { license: 'plus', comment: '' }, seen: null, pastWhenApplied: [] })).toEqual([
      { name: 'request.license', is: 'plus' },
    ]));
  it('is only the request, for an application for a new account', () => {
    const after = { request: { license: 'plus' }, state: 'active', contracted: 250 };
    expect(auditChanges(null, after)).toEqual([{ name: 'request.license', is: 'plus' }]);
    expect(auditChanges({ contracted: 100 }, { request: { datapoints: 250 }, contracted: 250 })).toEqual([
      { name: 'contracted', was: 100, is: 250 },
      { name: 'request.datapoints', is: 250 },
    ]);
  });
  it('is a decision with its reason and what its maker saw, and with the problem in words once it is refused', () => {
    const recorded = { verdict: 'reject', reason: 'Not this year.', seen: { contracted: 900 }, decisionId: 'x' };
    expect(auditChanges(null, recorded)).toEqual([
      { name: 'verdict', is: 'reject' },
      { name: 'reason', is: 'Not this year.' },
      { name: 'seen.contracted', is: 900 },
    ]);
    const problem = {
      type: 'urn:x',
      code: 'facts_changed',
      title: 'Changed',
      detail: 'It was 100.',
      status: 409,
      errors: [{ path: 'seen' }],
    };
    expect(auditChanges(null, { verdict: 'approve', problem })).toEqual([
      { name: 'verdict', is: 'approve' },
      { name: 'problem.title', is: 'Changed' },
      { name: 'problem.detail', is: 'It was 100.' },
    ]);
  });
  it('names a new member once, and adds the former name of one who was renamed since', () => {
    const added = { name: 'Ana', email: 'ana@partner.example' };
    expect(auditChanges(null, added, 'Ana')).toEqual([{ name: 'email', is: 'ana@partner.example' }]);
    expect(auditChanges(null, added, 'Eva').map(({ name }) => name)).toEqual(['name', 'email']);
    expect(auditChanges({ name: 'Eva' }, { name: 'Ana' }, 'Ana')).toEqual([{ name: 'name', was: 'Eva', is: 'Ana' }]);
  });
  it('has no ids, not even in nested values', () =>
    expect(auditChanges({ decisionId: 'w' }, { decisionId: 'x', request: { accountId: 'y', months: 12 } })).toEqual([
      { name: 'request.months', is: 12 },
    ]));
});
