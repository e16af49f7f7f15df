import { condition } from '@temporalio/workflow';

/**
 * Waits until the instant or until `isWoken` is true, whichever comes first, on one timer; without an instant, for
 * `isWoken` alone. Does not start a timer for an instant that has passed: a timeout of zero or less has special
 * meanings in Temporal.
 */
export async function waitUntil(isWoken: () => boolean, at: string | null, summary: string): Promise<void> {
  if (at === null) return condition(isWoken);
  const left = Date.parse(at) - Date.now();
  if (left > 0) await condition(isWoken, left, { summary });
}
