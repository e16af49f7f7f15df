/**
 * The tolerated difference between the clocks of two machines: a moment that is due by the caller's clock may not be
 * due yet by ours.
 */
export const CLOCKS_DIFFER_BY_MS = 60_000;

/** The number of seconds by which the caller's clock is ahead of ours, if that exceeds the tolerance; otherwise 0. */
export function secondsAhead(asOf: Date, now: Date): number {
  const ahead = asOf.getTime() - now.getTime();
  return ahead > CLOCKS_DIFFER_BY_MS ? Math.ceil(ahead / 1_000) : 0;
}

/** The caller's time, or ours if the caller's exceeds the tolerance. */
export function trustedTime(asOf: Date, now: Date): Date {
  return secondsAhead(asOf, now) > 0 ? now : asOf;
}

/** The time that decides what is due: the later of the two, but ours if the caller's exceeds the tolerance. */
export function laterOf(asOf: Date, now: Date): Date {
  return asOf < now ? now : trustedTime(asOf, now);
}

/**
 * Until when the caller should wait, on its own clock, for a moment that is still to come on ours. If its clock has
 * passed the moment already, the wait is extended by its lead; otherwise the lead is ignored, since the clock may be
 * corrected meanwhile.
 */
export function waitsUntil(at: Date, asOf: Date, now: Date): Date {
  return at > asOf ? at : new Date(at.getTime() + secondsAhead(asOf, now) * 1_000);
}
