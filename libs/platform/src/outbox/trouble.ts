import type { Logger } from '@nestjs/common';

/** How long events may wait before somebody should be alerted, in milliseconds. */
const ALERT_AFTER = 60_000;

/** What keeps the relay from sending: logged when it begins or changes, and again as an alert if it lasts. */
export class Trouble {
  #words: string | undefined;
  #since: number | undefined;
  #isAlerted = false;

  constructor(
    private readonly log: Pick<Logger, 'error'>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Why nothing is sent; undefined if all is well. */
  get words(): string | undefined {
    return this.#words;
  }

  begin(error: unknown): void {
    const words = error instanceof Error ? error.message : String(error);
    this.#since ??= this.now();
    if (words !== this.#words) this.log.error(`Events are not sent: ${words}`);
    this.#words = words;
    if (this.#isAlerted || this.now() - this.#since < ALERT_AFTER) return;
    this.#isAlerted = true;
    this.log.error({ message: `Events have not been sent for a minute: ${words}`, alert: true });
  }

  end(): void {
    this.#words = this.#since = undefined;
    this.#isAlerted = false;
  }
}
