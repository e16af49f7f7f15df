import { setTimeout as delay } from 'node:timers/promises';
import { isConflict } from './errors.js';

/**
 * Does the work again, after a pause of its own, as long as another transaction is in its way.
 * @param patience.attempts how often at most
 * @param patience.pauseMs the longest pause after so many attempts; each is a random part of it, so that two part ways
 * @throws what the last attempt threw, and at once what is no conflict
 */
export async function anewOnConflict<T>(
  { attempts, pauseMs }: { attempts: number; pauseMs: (attempt: number) => number },
  work: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts || !isConflict(error)) throw error;
      await delay(Math.random() * pauseMs(attempt));
    }
  }
}
