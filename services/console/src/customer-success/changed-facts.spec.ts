import type { ContractFacts } from '@tenure/contracts';
import { changedFacts, factsIn } from './changed-facts.js';

const facts: ContractFacts = {
  license: 'plus',
  contracted: 500,
  rtcLines: 4,
  expiresOn: '2027-11-24',
  state: 'active',
};
const seen = factsIn({ before: facts, refusals: [] });

describe('the facts behind a decision', () => {
  it('have not changed while everything is as seen', () =>
    expect(changedFacts(seen, factsIn({ before: { ...facts }, refusals: [] }))).toEqual([]));
  it('have changed if a figure has: 500 is now 600', () => {
    const before = { license: 'pro', contracted: 600, rtcLines: 5, expiresOn: '2028-11-24', state: 'expired' } as const;
    expect(changedFacts(seen, factsIn({ before, refusals: [] }))).toEqual([
      { what: 'license', was: 'plus', is: 'pro' },
      { what: 'contracted', was: 500, is: 600 },
      { what: 'rtcLines', was: 4, is: 5 },
      { what: 'expiresOn', was: '2027-11-24', is: '2028-11-24' },
      { what: 'state', was: 'active', is: 'expired' },
    ]);
  });
  it('have changed if a figure and a check have', () =>
    expect(
      changedFacts(
        seen,
        factsIn({
          before: { ...facts, contracted: 600 },
          refusals: [{ path: 'datapoints', code: 'below_used', message: '' }],
        }),
      ).map(({ what }) => what),
    ).toEqual(['contracted', 'checks']));
  it('have changed if a check fails now', () =>
    expect(
      changedFacts(
        seen,
        factsIn({ before: facts, refusals: [{ path: 'datapoints', code: 'below_used', message: '' }] }),
      ),
    ).toEqual([{ what: 'checks' }]));
  it('are only the checks for a new account', () => {
    const none = factsIn({ before: null, refusals: [] });
    expect(changedFacts(none, none)).toEqual([]);
  });
});
