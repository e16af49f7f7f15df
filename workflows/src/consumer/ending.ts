/** The end of the process, which breaks off what would take longer. */
export class Ending {
  readonly #underWay = new Set<(why: Error) => void>();
  #why: Error | undefined;

  /** Breaks off what is under way, and whatever is begun after it. */
  begin(why: Error): void {
    this.#why = why;
    for (const breakOff of this.#underWay) breakOff(why);
  }

  /**
   * What the work comes to, if that is before the end. Each has a promise of its own for the end: one of the process would
   * keep all that ever raced with it.
   * @throws why the process ends, or what the work throws
   */
  async before<T>(work: Promise<T>): Promise<T> {
    const { promise: end, reject: breakOff } = Promise.withResolvers<never>();
    this.#underWay.add(breakOff);
    if (this.#why !== undefined) breakOff(this.#why);
    try {
      return await Promise.race([work, end]);
    } finally {
      this.#underWay.delete(breakOff);
    }
  }
}
