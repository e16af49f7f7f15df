import { setTimeout as delay } from 'node:timers/promises';

/**
 * A loop that looks for work as long as the process runs, and pauses in between: each pause ends early when there is
 * some, once its shortest time is over, or before that if it cannot wait. A wake-up while the loop works is not lost; it
 * ends the next pause before it begins.
 */
export class Loop {
  #woken = false;
  #cannotWait = false;
  #least: AbortController | undefined;
  #pause: AbortController | undefined;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;

  /** @param turn looks for work, and does it. It never rejects. @returns how long to pause then, in milliseconds */
  constructor(private readonly turn: () => Promise<number>) {}

  start(): void {
    this.#running = this.#run();
  }

  /** Resolves when the turn that is under way has ended. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.wake({ atOnce: true });
    await this.#running;
  }

  get isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** There is something to do. @param atOnce cuts the shortest time of the pause short, too */
  wake({ atOnce } = { atOnce: false }): void {
    this.#woken = true;
    this.#pause?.abort();
    if (!atOnce) return;
    this.#cannotWait = true;
    this.#least?.abort();
  }

  /** @param least nothing but what cannot wait and the end of the loop ends it sooner, in milliseconds */
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
    this.#woken = this.#cannotWait = false; // What came until now is looked at next: only what comes from here on ends another one.
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
