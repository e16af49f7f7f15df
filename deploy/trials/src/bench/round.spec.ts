import { playRound, steadySpeed } from './round.js';

describe('a round', () => {
  it('counts from when every client has finished its first unit until the time is over', () =>
    expect(steadySpeed([900, 1000, 1400, 1500, 1900, 2000, 2400], 2, 2000)).toBe(4));

  it('does not count units that finish after the time', () => expect(steadySpeed([1000, 1500, 2500], 1, 2000)).toBe(1));

  it('is too short if only the first unit finishes', () =>
    expect(() => steadySpeed([1000], 1, 2000)).toThrow('too short'));

  it('keeps as many units in progress as there are clients', async () => {
    let now = 0;
    let underWay = 0;
    let most = 0;
    const unit = async () => {
      most = Math.max(most, ++underWay);
      await Promise.resolve();
      underWay -= 1;
      now += 5;
    };
    const { units } = await playRound(3, 0.1, unit, () => now);
    // Three units take 15 ms, so that they start for the seventh time within the 100 ms.
    expect([most, units.length]).toEqual([3, 21]);
  });
});
