import { readAccountSearch } from './account-search.js';

describe('the address of a list of accounts', () => {
  it('keeps what the list knows', () =>
    expect(
      readAccountSearch({ text: ' sol ', sort: 'left', order: 'desc', within: '30', pending: 'yes', cursor: 'abc' }),
    ).toEqual({ text: 'sol', sort: 'left', order: 'desc', within: 30, pending: 'yes', cursor: 'abc' }));
  it('leaves out what it does not know', () =>
    expect(readAccountSearch({ sort: 'password', order: 'up', within: '8', pending: '1', other: 'x' })).toEqual({}));
});
