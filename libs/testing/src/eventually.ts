import { setTimeout as delay } from 'node:timers/promises';

/** Repeats the assertion until it holds, and fails with its last error when it does not within the time (a minute: machines are busy). */
export async function eventually<T>(
  assertion: () => T | Promise<T>,
  { within = 60_000 }: { within?: number } = {},
): Promise<T> {
  const deadline = Date.now() + within;
  for (let pause = 2; ; pause = Math.min(pause * 2, 50)) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(pause);
    }
  }
}
