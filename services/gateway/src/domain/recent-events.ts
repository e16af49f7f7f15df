import type { LiveEvent } from './live.js';

/** The latest events, for those who were cut off for a while. */
export class RecentEvents {
  #events: LiveEvent[] = [];
  #covered = 0;
  #last = 0;
  /** Whether all that is kept has been read. */
  #hasCaughtUp = false;

  constructor(private readonly kept: number) {}

  /** Where the stream stands: whoever has heard of this one has heard of all. */
  get last(): number {
    return this.#last;
  }

  /** Nothing is known of what came up to `covered`; the stream goes up to `last` now, and what lies between is still to be read. */
  begin(covered: number, last: number): void {
    this.#events = [];
    this.#covered = covered;
    this.#last = last;
    this.#hasCaughtUp = false;
  }

  /** All that there was has been read. */
  caughtUp(): void {
    this.#hasCaughtUp = true;
  }

  /** Whether what is in a stream from `first` to `last` begins with all that was heard, or goes on from it. */
  goesOnIn(first: number, last: number): boolean {
    return this.#hasCaughtUp && this.#last >= first - 1 && this.#last <= last;
  }

  /** Notes an event, or only how far the stream has come when it concerns no page. @returns whether it is a new one */
  add(sequence: number, event: LiveEvent | undefined): boolean {
    const isNew = sequence > this.#last;
    this.#note(event);
    this.#last = Math.max(this.#last, sequence);
    return isNew;
  }

  #note(event: LiveEvent | undefined): void {
    if (event === undefined) return;
    this.#events.push(event);
    // Cut now and then, not each time: an array is not shortened at its front for nothing.
    if (this.#events.length < this.kept * 1.25) return;
    this.#covered = this.#events.at(-this.kept - 1)!.sequence;
    this.#events = this.#events.slice(-this.kept);
  }

  /** What came after `sequence`; undefined when that is too long ago to say, not read yet, or not of this stream. */
  after(sequence: number): LiveEvent[] | undefined {
    if (sequence === this.#last) return [];
    if (!this.#hasCaughtUp || sequence < this.#covered || sequence > this.#last) return undefined;
    return this.#events.filter((event) => event.sequence > sequence);
  }
}
