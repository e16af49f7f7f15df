import { readAccountSearch, wayBack } from './account-search.js';

describe('the search parameters of a list of accounts', () => {
  it('keep what the list knows', () => {
    const rest = { text: 'sol', license: 'plus', organization: '01900000-0000-7000-8000-0000000000a1', cursor: 'abc' };
    expect(readAccountSearch({ ...rest, text: ' sol ', within: '30' })).toEqual({ ...rest, within: 30 });
  });
  it.each([
    ['sort', ['expires_on', 'account_name', 'left']],
    ['order', ['asc', 'desc']],
    ['pending', ['yes', 'no', 'no_renewal']],
  ])('know the values of %s: %j', (name, values) =>
    expect(values.map((value) => readAccountSearch({ [name]: value }))).toEqual(
      values.map((value) => ({ [name]: value })),
    ),
  );
  it('know accounts that expire within 7 or 30 days', () =>
    expect(['7', '30'].map((within) => readAccountSearch({ within }))).toEqual([{ within: 7 }, { within: 30 }]));
  it('leave out anything else', () =>
    expect(readAccountSearch({ sort: 'password', order: 'up', within: '8', pending: '1', other: 'x' })).toEqual({}));
});

describe('the way back from an account', () => {
  it.each([
    ['active', { text: 'sol', within: 7 }],
    ['expired', { text: 'sol', zone: 'expired' }],
  ] as const)('leads to the list that the reader came from, while the account is %s', (state, left) =>
    expect(wayBack(left, state)).toEqual(left),
  );
  it.each([
    ['expired', { text: 'sol', within: 7 }, { zone: 'expired' }],
    ['active', { text: 'sol', zone: 'expired' }, {}],
  ] as const)('leads to the unfiltered other list, once the account is %s', (state, left, now) =>
    expect(wayBack(left, state)).toEqual(now),
  );
});
