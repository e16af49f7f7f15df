/** Resend takes 5 requests a second from a team, unless it says otherwise. */
const ASSUMED_PER_SECOND = 5;

/** When the next request may go to the provider. Times are milliseconds of one clock, given by the caller. */
export class Pace {
  #perSecond = ASSUMED_PER_SECOND;
  #free = 0;

  /** Takes the next turn, and says how long to wait for it. */
  takeTurn(now: number): number {
    const at = Math.max(now, this.#free);
    this.#free = at + 1000 / this.#perSecond;
    return at - now;
  }

  /** How long nobody may send at all. */
  wait(now: number): number {
    return Math.max(0, this.#free - now);
  }

  /** What the provider's answer said of its limit: `ratelimit-limit` a second, and `retry-after` seconds. */
  learn(said: { limit: number | null; retryAfterSeconds: number | null }, now: number): void {
    if (said.limit !== null && said.limit > 0) this.#perSecond = said.limit;
    if (said.retryAfterSeconds !== null) this.#free = Math.max(this.#free, now + said.retryAfterSeconds * 1000);
  }
}
