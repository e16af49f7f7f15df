import { setTimeout as delay } from 'node:timers/promises';

/**
 * A loop that looks for work as long as the process runs, and pauses in between. A wake-up ends the pause early: after
 * its minimum time, or immediately if the work cannot wait. A wake-up while the loop works is not lost; it ends the
 * next pause before it begins.
 */
export class Loop {
  #woken = false;
  #cannotWait = false;
  #least: AbortController | undefined;
  #pause: AbortController | undefined;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;

  /** @param turn looks for work and does it. Never rejects. @returns how long to pause afterwards, in milliseconds */
  constructor(private readonly turn: () => Promise<number>) {}

  start(): void {
    this.#running = this.#run();
  }

  /** Resolves when the current turn has ended. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.wake({ atOnce: true });
    await this.#running;
  }

  get isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** Reports work. @param atOnce also ends the minimum time of the pause */
  wake({ atOnce } = { atOnce: false }): void {
    this.#woken = true;
    this.#pause?.abort();
    if (!atOnce) return;
    this.#cannotWait = true;
    this.#least?.abort();
  }

  /** @param least the minimum time in milliseconds, which only urgent work and the end of the loop cut short */
  async pause(milliseconds: number, least = 0): Promise<void> {
    if (least > 0 && !this.#cannotWait && !this.isStopping) {
      this.#least = new AbortController();
      await ended(least, this.#least.signal);
      this.#least = undefined;
    }
    if (!this.#woken && !this.isStopping) {
      const pause = new AbortController();
      this.#pause = pause;
      await ended(milliseconds - least, pause.signal);
      this.#pause = undefined;
    }
    this.#woken = this.#cannotWait = false; // The next turn covers all wake-ups until now; only later ones end another pause.
  }

  async #run(): Promise<void> {
    while (!this.isStopping) {
      const milliseconds = await this.turn();
      if (milliseconds > 0) await this.pause(milliseconds);
    }
  }
}

async function ended(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds > 0) await delay(milliseconds, undefined, { signal }).catch(() => undefined);
}
