import { median, percentile } from './statistics.js';

describe('the figures of several rounds', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
  ])('the median of %j is %d', (figures, middle) => expect(median(figures)).toBe(middle));

  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  it.each([
    [0.5, 50],
    [0.99, 99],
    [1, 100],
  ])('of 1 to 100, a share of %d does not exceed %d', (share, figure) =>
    expect(percentile(hundred, share)).toBe(figure),
  );

  it('refuses an empty list', () => expect(() => median([])).toThrow(RangeError));
});
