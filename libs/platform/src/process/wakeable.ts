import { setTimeout as delay } from 'node:timers/promises';

/**
 * The pauses of a loop that looks for work: each ends early when there is some. A wake-up while the loop works is not
 * lost; it ends the next pause before it begins.
 */
export class Wakeable {
  #woken = false;
  #pause: AbortController | undefined;

  /** There is something to do, or the loop is to end. */
  wake(): void {
    this.#woken = true;
    this.#pause?.abort();
  }

  /** What came until now is looked at: only what comes from here on wakes. */
  lookAgain(): void {
    this.#woken = false;
  }

  async pause(milliseconds: number): Promise<void> {
    if (this.#woken) return;
    const pause = new AbortController();
    this.#pause = pause;
    await delay(milliseconds, undefined, { signal: pause.signal }).catch(() => undefined);
    this.#pause = undefined;
  }
}
