import { calmLives, plannedKills, plannedLife, processes } from './plan.js';

function kills(seed: number, many: number) {
  const planned = plannedKills(seed);
  return Array.from({ length: many }, () => planned.next().value);
}

describe('kills', () => {
  it('are the same for the same seed and differ for another', () => {
    expect(kills(7, 40)).toEqual(kills(7, 40));
    expect(kills(7, 40)).not.toEqual(kills(8, 40));
  });

  it('hit each process once before any is killed again', () => {
    const names = kills(7, 3 * processes.length).map(({ process }) => process);
    for (let round = 0; round < 3; round += 1)
      expect(names.slice(round * processes.length, (round + 1) * processes.length).toSorted()).toEqual(
        processes.toSorted(),
      );
  });

  it('come in another order each time', () => {
    const names = kills(7, 2 * processes.length).map(({ process }) => process);
    expect(names.slice(0, processes.length)).not.toEqual(names.slice(processes.length));
  });
});

describe('lives', () => {
  it('end in each way in turn and have unique names', () => {
    const lives = Array.from({ length: 7 }, (_, index) => plannedLife(index));
    expect(lives.map(({ ending }) => ending)).toEqual([
      'expired',
      'renewed',
      'rejected',
      'expired',
      'renewed',
      'withdrawn',
      'expired',
    ]);
    expect(new Set(lives.map(({ name }) => name)).size).toBe(7);
  });

  it('have an undisturbed one of each kind for comparison', () =>
    expect(calmLives.map(({ ending }) => ending)).toEqual(['expired', 'renewed', 'rejected', 'withdrawn']));
});
