/**
 * Pauses between questions, in milliseconds: short at first, because most answers are there at once, then longer by
 * half each time, and never longer than `longest`.
 */
export function* growingPauses(first: number, longest: number): Generator<number, never> {
  for (let pause = first; ; pause = Math.min(longest, pause * 1.5)) yield Math.round(pause);
}
