/** An instant of the wall clock as the clock of an account shows it, which is so far ahead; by 0 outside the sandbox. */
export function inAccountClock(instant: Date, aheadSeconds: number): Date {
  return new Date(instant.getTime() + aheadSeconds * 1000);
}

/** An instant of an account's clock as the wall clock shows it. */
export function inWallClock(instant: Date, aheadSeconds: number): Date {
  return inAccountClock(instant, -aheadSeconds);
}
