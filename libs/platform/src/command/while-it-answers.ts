import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits for work that may take any time, as long as its server lives. Nothing else would end the wait for a server that
 * hangs, or whose machine is lost.
 * @param look asks the server for something that takes no time, and rejects if it does not answer
 * @throws what `look` does
 */
export async function whileItAnswers<T>(work: Promise<T>, look: () => Promise<void>, everyMs = 30_000): Promise<T> {
  const over = new AbortController();
  const watch = async (): Promise<never> => {
    for (;;) {
      await delay(everyMs, undefined, { signal: over.signal });
      await look();
    }
  };
  try {
    return await Promise.race([work, watch()]);
  } finally {
    over.abort();
  }
}
