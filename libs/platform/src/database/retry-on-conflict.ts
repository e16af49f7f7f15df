import { setTimeout as delay } from 'node:timers/promises';
import { isConflict } from './errors.js';

/**
 * Retries the work, after a pause, as long as it conflicts with another transaction.
 * @param patience.attempts the maximum number of attempts
 * @param patience.pauseMs the longest pause after an attempt; the actual one is a random part of it, so that two
 * conflicting transactions separate
 * @throws what the last attempt threw, and immediately any error that is not a conflict
 */
export async function retryOnConflict<T>(
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
