import { mock } from 'node:test';
import type { QueryKey } from '@tanstack/react-query';
import { throttled } from './throttled.js';

beforeEach(() => mock.timers.enable());
afterEach(() => mock.timers.reset());

/** Asks for a key, as changes come, and the seconds at which it was refetched. */
function refetching(longestRestMs?: number) {
  const at: number[] = [];
  const ask = throttled(() => at.push(Date.now() / 1_000), longestRestMs);
  const changes = (every: number, until: number, queryKey: QueryKey = ['accounts']) => {
    for (; Date.now() < until; mock.timers.tick(every)) ask(queryKey);
  };
  return { at, changes };
}

describe('refetching while changes come', () => {
  it('happens at once, and then every second', () => {
    const { at, changes } = refetching();
    changes(100, 4_000);
    expect(at).toEqual([0, 1, 2, 3, 4]);
  });

  it('may happen less and less often, down to every four seconds', () => {
    const { at, changes } = refetching(4_000);
    changes(100, 20_000);
    expect(at).toEqual([0, 1, 3, 7, 11, 15, 19]);
  });

  it('happens once more after the last change, and for a later one at once again', () => {
    const { at, changes } = refetching(4_000);
    changes(100, 8_000);
    while (Date.now() < 60_000) mock.timers.tick(100);
    changes(100, 60_100);
    expect(at).toEqual([0, 1, 3, 7, 11, 60]);
  });

  it('of one list does not wait for another, whatever their keys are made of', () => {
    const { at, changes } = refetching();
    changes(100, 100, ['accounts', { zone: 'active' }]);
    changes(100, 200, ['accounts', { zone: 'expired' }]);
    expect(at).toEqual([0, 0.1]);
  });
});
