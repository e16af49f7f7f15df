/**
 * A loop that looks for work as long as the process runs, and pauses in between. A wake-up ends the pause early: after
 * its minimum time, or immediately if the work cannot wait. A wake-up while the loop works is not lost; it ends the
 * next pause before it begins.
 */
export class Loop {
  #woken = false;
  #cannotWait = false;
  #endLeast: (() => void) | undefined;
  #endPause: (() => void) | undefined;
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
    this.#endPause?.();
    if (!atOnce) return;
    this.#cannotWait = true;
    this.#endLeast?.();
  }

  /** @param least the minimum time in milliseconds, which only urgent work and the end of the loop cut short */
  async pause(milliseconds: number, least = 0): Promise<void> {
    if (least > 0 && !this.#cannotWait && !this.isStopping) await ended(least, (end) => (this.#endLeast = end));
    if (!this.#woken && !this.isStopping) await ended(milliseconds - least, (end) => (this.#endPause = end));
    this.#woken = this.#cannotWait = false; // The next turn covers all wake-ups until now; only later ones end another pause.
  }

  async #run(): Promise<void> {
    while (!this.isStopping) {
      const milliseconds = await this.turn();
      if (milliseconds > 0) await this.pause(milliseconds);
    }
  }
}

/**
 * An abort signal would do the same, but creates an event and two errors with their stacks whenever it ends a pause.
 * @param endEarly receives the function that ends the pause early; called later, it changes nothing
 */
function ended(milliseconds: number, endEarly: (end: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    endEarly(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
