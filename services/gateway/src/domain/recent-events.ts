import type { LiveEvent } from './live.js';

/** A buffer of the latest events, for pages that were disconnected for a while. */
export class RecentEvents {
  #events: LiveEvent[] = [];
  #covered = 0;
  #last = 0;
  /** Whether all events that the stream had at the start have been read. */
  #hasCaughtUp = false;

  constructor(private readonly kept: number) {}

  /** The position of the latest event: a page that has received it has missed nothing. */
  get last(): number {
    return this.#last;
  }

  /**
   * Starts over: events up to `covered` are not kept, and those after it, up to the stream's current `last`, are still
   * to be read.
   */
  begin(covered: number, last: number): void {
    this.#events = [];
    this.#covered = covered;
    this.#last = last;
    this.#hasCaughtUp = false;
  }

  /** Records that all events that the stream had at the start have been read. */
  caughtUp(): void {
    this.#hasCaughtUp = true;
  }

  /** Whether a stream that holds `first` to `last` continues where reading stopped, without a gap. */
  continuesIn(first: number, last: number): boolean {
    return this.#hasCaughtUp && this.#last >= first - 1 && this.#last <= last;
  }

  /** Adds an event, or only its position if it concerns no page. @returns whether it is new */
  add(sequence: number, event: LiveEvent | undefined): boolean {
    const isNew = sequence > this.#last;
    this.#note(event);
    this.#last = Math.max(this.#last, sequence);
    return isNew;
  }

  #note(event: LiveEvent | undefined): void {
    if (event === undefined) return;
    this.#events.push(event);
    // Trimmed only now and then, because removing items from the front of an array is expensive.
    if (this.#events.length < this.kept * 1.25) return;
    this.#covered = this.#events.at(-this.kept - 1)!.sequence;
    this.#events = this.#events.slice(-this.kept);
  }

  /** The events after `sequence`; undefined if that is too far back, not read yet, or not in this stream. */
  after(sequence: number): LiveEvent[] | undefined {
    if (sequence === this.#last) return [];
    if (!this.#hasCaughtUp || sequence < this.#covered || sequence > this.#last) return undefined;
    return this.#events.filter((event) => event.sequence > sequence);
  }
}
