/** By how much the clocks of two machines may differ: a moment that is due by the asker's clock may be just to come by ours. */
export const CLOCKS_DIFFER_BY_MS = 60_000;

/** By how many seconds the asker's clock is ahead of ours, where that is more than clocks may differ by; else 0. */
export function secondsAhead(asOf: Date, now: Date): number {
  const ahead = asOf.getTime() - now.getTime();
  return ahead > CLOCKS_DIFFER_BY_MS ? Math.ceil(ahead / 1_000) : 0;
}

/** What the asker's clock says, or ours where that is not believed. */
export function believed(asOf: Date, now: Date): Date {
  return secondsAhead(asOf, now) > 0 ? now : asOf;
}

/** By what it is judged what is due: the later of the two instants, but ours where the asker's clock is not believed. */
export function laterOf(asOf: Date, now: Date): Date {
  return asOf < now ? now : believed(asOf, now);
}

/**
 * Until when the asker is to wait for what is still to come by our clock. Where its own says that it is over already, it
 * waits as much longer as that is ahead; before, it does not reckon with that, since its clock may be set right meanwhile.
 */
export function waitsUntil(at: Date, asOf: Date, now: Date): Date {
  return at > asOf ? at : new Date(at.getTime() + secondsAhead(asOf, now) * 1_000);
}
