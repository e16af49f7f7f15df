/** Nearly every event is committed within this time after it was assigned its position, in milliseconds. */
const USUAL = 10_000;
/** How often the whole outbox is read for the few others, in milliseconds. */
const WHOLE = 60_000;

/**
 * The position from which the relay reads the outbox. Sent events are deleted, but their dead rows remain as long as
 * any snapshot may see them: an hour during a backup. Reading from the very first position would walk past all of them
 * for each event. So the relay reads from where the first event was a while ago: everything before that is gone.
 */
export class Beginning {
  #place = 0;
  #next = 0;
  #movedAt: number;
  #wholeAt: number;

  /**
   * @param now a monotonic clock, in milliseconds: if a wall clock were set back by an hour, an event that was
   * committed late would wait for an hour
   */
  constructor(private readonly now = () => performance.now()) {
    this.#movedAt = this.#wholeAt = now();
  }

  /** The position from which to read now. */
  place(): number {
    if (this.now() - this.#wholeAt < WHOLE) return this.#place;
    this.#wholeAt = this.now();
    return 0;
  }

  /** Records the first position that was found from there on. */
  found(first: number): void {
    if (first < this.#place) this.#place = this.#next = first;
    if (this.now() - this.#movedAt < USUAL) return;
    this.#movedAt = this.now();
    this.#place = this.#next;
    this.#next = first;
  }
}
