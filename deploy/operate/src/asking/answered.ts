import { setTimeout as delay } from 'node:timers/promises';
import { mayPass } from '@tenure/contracts';

/**
 * The answer of services that may be away for a moment: asked again for up to a minute. For what can be asked twice.
 * @throws what it was last refused with
 */
export async function answered<T>(ask: () => Promise<T>): Promise<T> {
  const until = Date.now() + 60_000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!mayPass(error) || Date.now() >= until) throw error;
      await delay(1_000);
    }
  }
}
