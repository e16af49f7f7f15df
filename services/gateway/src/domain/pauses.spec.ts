import { growingPauses } from './pauses.js';

describe('pauses between polls', () => {
  it('grow by half each time, up to the longest', () => {
    const pauses = growingPauses(10, 40);
    expect(Array.from({ length: 6 }, () => pauses.next().value)).toEqual([10, 15, 23, 34, 40, 40]);
  });
});
