import { setTimeout as delay } from 'node:timers/promises';

/**
 * Repeats the assertion until it holds, and fails with its last error when it does not within the time (two minutes:
 * machines are busy). The last time it begins when that is over: one that takes long may have looked too early.
 */
export async function eventually<T>(
  assertion: () => T | Promise<T>,
  { within = 120_000 }: { within?: number } = {},
): Promise<T> {
  // Not by the clock of the day, which specs stop and move.
  const deadline = performance.now() + within;
  for (let pause = 2; ; pause = Math.min(pause * 2, 50)) {
    const isLast = performance.now() > deadline;
    try {
      return await assertion();
    } catch (error) {
      if (isLast) throw error;
      await delay(pause);
    }
  }
}
