/** So long after an event has taken its place in the outbox it is committed, but for very few; in milliseconds. */
const USUAL = 10_000;
/** So often all is looked through for those few, in milliseconds. */
const WHOLE = 60_000;

/**
 * Where the outbox begins for who reads it. Events that were sent are gone, but their rows lie in the way as long as
 * anybody may still see them: a backup, for an hour. Who began at the very first place each time would walk past all of
 * them for each event. So it is where the first event was a while ago: what was before that is gone.
 */
export class Beginning {
  #place = 0;
  #next = 0;
  #movedAt: number;
  #wholeAt: number;

  /** @param now in milliseconds, by a clock that nobody sets: set back by an hour, an event that was committed late would wait for one */
  constructor(private readonly now = () => performance.now()) {
    this.#movedAt = this.#wholeAt = now();
  }

  /** The place from which on is to be read now. */
  place(): number {
    if (this.now() - this.#wholeAt < WHOLE) return this.#place;
    this.#wholeAt = this.now();
    return 0;
  }

  /** From the place on, this was the first. */
  found(first: number): void {
    if (first < this.#place) this.#place = this.#next = first;
    if (this.now() - this.#movedAt < USUAL) return;
    this.#movedAt = this.now();
    this.#place = this.#next;
    this.#next = first;
  }
}
