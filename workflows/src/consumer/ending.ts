/** The shutdown of the process, which aborts work that would take longer. */
export class Ending {
  readonly #inProgress = new Set<(why: Error) => void>();
  #why: Error | undefined;

  /** Aborts the work in progress and all work that begins later. */
  begin(why: Error): void {
    this.#why = why;
    for (const abort of this.#inProgress) abort(why);
  }

  /**
   * The outcome of the work, if it comes before the shutdown. Each call has a promise of its own for the shutdown: a
   * shared one would retain everything that was ever raced against it.
   * @throws the reason of the shutdown, or what the work throws
   */
  async before<T>(work: Promise<T>): Promise<T> {
    const { promise: end, reject: abort } = Promise.withResolvers<never>();
    this.#inProgress.add(abort);
    if (this.#why !== undefined) abort(this.#why);
    try {
      return await Promise.race([work, end]);
    } finally {
      this.#inProgress.delete(abort);
    }
  }
}
