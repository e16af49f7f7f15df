import { backOffSeconds } from './back-off.js';

describe('the backoff', () => {
  it.each([
    [1, 1],
    [2, 2],
    [3, 4],
    [9, 256],
    [10, 300],
    [1000, 300],
  ])('after %s consecutive failures is %s seconds', (failures, seconds) =>
    expect(backOffSeconds(failures, null, 0)).toBe(seconds),
  );

  it('is at least what the provider asks for', () => expect(backOffSeconds(1, 30, 0)).toBe(30));

  it('adds up to a quarter at random', () => expect(backOffSeconds(3, null, 0.5)).toBe(4.5));
});
