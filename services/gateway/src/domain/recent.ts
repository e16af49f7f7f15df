/**
 * Whether `at` is less than `milliseconds` before `now`. An instant in the future, as after the clock was set back, is
 * not recent.
 */
export function isRecent(at: number, milliseconds: number, now: number): boolean {
  return at <= now && now < at + milliseconds;
}
