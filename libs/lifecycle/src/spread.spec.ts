import { spreadSeconds } from './spread.js';

/** Ids created one after another: they differ only at their ends. */
const ids = Array.from(
  { length: 6_000 },
  (_, index) => `0198c2f4-0000-7000-8000-${index.toString(16).padStart(12, '0')}`,
);

describe('reminders are spread', () => {
  it('not at all over 0 minutes', () => expect(new Set(ids.map((id) => spreadSeconds(id, 0)))).toEqual(new Set([0])));

  it('always by the same delay for an account, in this release and the next', () =>
    expect(ids.slice(0, 3).map((id) => spreadSeconds(id, 30))).toEqual([368, 604, 205]));

  it('always by the same delay to the last bit, which only a long spread shows', () =>
    expect(ids.slice(0, 2).map((id) => spreadSeconds(id, 2 ** 32 / 60))).toEqual([879_724_909, 1_442_441_620]));

  it('in whole seconds from 0 to less than the minutes, evenly distributed over the minutes', () => {
    const seconds = ids.map((id) => spreadSeconds(id, 30));
    expect(seconds.every((each) => Number.isInteger(each) && each >= 0 && each < 1_800)).toBe(true);
    const minutes = Map.groupBy(seconds, (each) => Math.floor(each / 60));
    expect(minutes.size).toBe(30);
    // 200 each, give or take four standard deviations.
    for (const [, each] of minutes) expect(Math.abs(each.length - 200)).toBeLessThan(57);
  });

  it('in the same order whatever the minutes', () => {
    const by = (minutes: number) => (a: string, b: string) => spreadSeconds(a, minutes) - spreadSeconds(b, minutes);
    const some = ids.slice(0, 500);
    expect(some.toSorted(by(30)).toSorted(by(10))).toEqual(some.toSorted(by(30)));
  });
});
