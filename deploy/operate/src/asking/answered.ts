import { setTimeout as delay } from 'node:timers/promises';
import { mayPass } from '@tenure/contracts';

/**
 * Retries a request for up to a minute while services are unavailable. The request has to be idempotent.
 * @throws the last refusal
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
