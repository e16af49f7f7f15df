/** By how much the clocks of two machines may differ: a moment that is due by the asker's clock may be just to come by ours. */
export const CLOCKS_DIFFER_BY_MS = 60_000;

/** By how many seconds the asker's clock is ahead of ours, where that is more than clocks may differ by; else 0. */
export function secondsAhead(asOf: Date, now: Date): number {
  const ahead = asOf.getTime() - now.getTime();
  return ahead > CLOCKS_DIFFER_BY_MS ? Math.ceil(ahead / 1_000) : 0;
}
