/** Whether it was less than so many milliseconds before `now`: not if it is to come, as after the clock was set back. */
export function isRecent(at: number, milliseconds: number, now: number): boolean {
  return at <= now && now < at + milliseconds;
}
