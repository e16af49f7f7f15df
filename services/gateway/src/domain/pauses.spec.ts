import { growingPauses } from './pauses.js';

describe('pauses between questions', () => {
  it('grow by half from the first, up to the longest', () => {
    const pauses = growingPauses(10, 40);
    expect(Array.from({ length: 6 }, () => pauses.next().value)).toEqual([10, 15, 23, 34, 40, 40]);
  });
});
