import { turnsFor } from './pace.js';

describe('the turns', () => {
  it.each([
    [1, 1],
    [5, 5],
    [2.5, 2],
    [100, 100],
    [100_000, 100],
  ])('for a limit of %s requests per second are %s', (limit, turns) => expect(turnsFor(limit)).toBe(turns));

  it.each([null, 0, 0.5, -1])("do not change when the provider's limit is %s", (limit) =>
    expect(turnsFor(limit)).toBeNull(),
  );
});
