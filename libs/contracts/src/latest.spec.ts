import { Latest } from './latest.js';

describe('a map of the latest entries', () => {
  it('evicts the entry that was set first', () => {
    const latest = new Latest<string, number>(2).set('a', 1).set('b', 2).set('c', 3);
    expect([...latest]).toEqual([
      ['b', 2],
      ['c', 3],
    ]);
  });

  it('counts an entry that is set again as the latest', () => {
    const latest = new Latest<string, number>(2).set('a', 1).set('b', 2).set('a', 3).set('c', 4);
    expect([...latest]).toEqual([
      ['a', 3],
      ['c', 4],
    ]);
  });
});
