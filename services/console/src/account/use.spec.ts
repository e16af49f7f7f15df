import { isNearlyFull, usedShare } from './use.js';

describe('the usage bar', () => {
  it('is highlighted from 90 % on', () =>
    expect([isNearlyFull({ used: 899, contracted: 1000 }), isNearlyFull({ used: 900, contracted: 1000 })]).toEqual([
      false,
      true,
    ]));
  it('never exceeds its end', () => expect(usedShare({ used: 30, contracted: 20 })).toBe(100));
  it('is empty where nothing is used, even if nothing is contracted', () =>
    expect([usedShare({ used: 0, contracted: 20 }), usedShare({ used: 0, contracted: 0 })]).toEqual([0, 0]));
});
