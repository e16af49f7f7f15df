/**
 * Pauses between questions, in milliseconds: short at first, because most answers are there at once, then longer by
 * half each time, and never longer than `longest`.
 */
export function* growingPauses(first: number, longest: number): Generator<number, never> {
  for (let pause = first; ; pause = Math.min(longest, pause * 1.5)) yield Math.round(pause);
}

/** Milliseconds: a person does not notice the one, and does not wait long for the other. */
const [shortest, longest] = [15, 400];

/**
 * How long to wait next time before the first question, by whether the answer was there after this pause. It settles
 * where two of three first questions find their answer: one that comes too soon costs as much as one that does not, and
 * one that comes late costs somebody's time.
 */
export function nextFirstPause(pause: number, wasThere: boolean): number {
  return Math.min(longest, Math.max(shortest, Math.round(wasThere ? pause * 0.8 : pause * 1.6)));
}
