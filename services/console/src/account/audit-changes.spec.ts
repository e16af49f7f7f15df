import { auditChanges } from './audit-changes.js';

describe('what an audit entry shows', () => {
  it('is what differs, and nothing that stayed', () =>
    expect(auditChanges({ contracted: 250, license: 'plus' }, { contracted: 400, license: 'plus' })).toEqual([
      { name: 'contracted', was: 250, is: 400 },
    ]));
  it('has no before for what was not there', () =>
    expect(auditChanges(null, { license: 'plus', terms: [1] })).toEqual([
      { name: 'license', is: 'plus' },
      { name: 'terms', is: [1] },
    ]));
  it('says that something is gone', () =>
    expect(auditChanges({ comment: 'x' }, null)).toEqual([{ name: 'comment', was: 'x' }]));
  it('has each field of what stands inside by itself, without those that are empty', () =>
    expect(auditChanges(null, { request: { license: 'plus', comment: '' }, seen: null, pastWhenApplied: [] })).toEqual([
      { name: 'request.license', is: 'plus' },
    ]));
  it('has no ids, not of what stands inside either', () =>
    expect(
      auditChanges(null, { decisionId: 'x', verdict: 'approve', request: { accountId: 'y', months: 12 } }),
    ).toEqual([
      { name: 'verdict', is: 'approve' },
      { name: 'request.months', is: 12 },
    ]));
});
