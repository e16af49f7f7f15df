import { setTimeout as delay } from 'node:timers/promises';
import { DomainError } from '@tenure/contracts';

const passing: readonly string[] = ['unavailable', 'timeout', 'busy', 'internal'];

/**
 * The answer of services that may be away for a moment: asked again for up to a minute. For what can be asked twice.
 * @throws what it was last refused with
 */
export async function answered<T>(ask: () => Promise<T>, { patienceMs = 60_000, pauseMs = 1_000 } = {}): Promise<T> {
  const until = Date.now() + patienceMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof DomainError && passing.includes(error.code)) || Date.now() >= until) throw error;
      await delay(pauseMs);
    }
  }
}
