/**
 * Pauses between polls, in milliseconds: short at first, because most answers come soon, then half as long again each
 * time, up to `longest`.
 */
export function* growingPauses(first: number, longest: number): Generator<number, never> {
  for (let pause = first; ; pause = Math.min(longest, pause * 1.5)) yield Math.round(pause);
}
