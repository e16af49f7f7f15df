/**
 * Converts an instant of the wall clock to the clock of an account that is ahead by this much; 0 outside the sandbox.
 */
export function inAccountClock(instant: Date, aheadSeconds: number): Date {
  return new Date(instant.getTime() + aheadSeconds * 1000);
}

/** Converts an instant of an account's clock to the wall clock. */
export function inWallClock(instant: Date, aheadSeconds: number): Date {
  return inAccountClock(instant, -aheadSeconds);
}
