import { setTimeout as delay } from 'node:timers/promises';

/**
 * Repeats the assertion until it holds. Fails with its last error if it does not hold in time (two minutes: machines
 * are busy). It runs once more after the deadline, because a slow assertion may have read its data too early.
 */
export async function eventually<T>(
  assertion: () => T | Promise<T>,
  { within = 120_000 }: { within?: number } = {},
): Promise<T> {
  // A monotonic clock: specs stop and move the wall clock.
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
