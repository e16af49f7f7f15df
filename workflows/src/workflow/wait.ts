import { condition } from '@temporalio/workflow';

/**
 * Waits for the instant or for something that was heard, whichever comes first, on one timer; without an instant, for
 * what is heard alone. An instant that has come is not waited for: a timer of zero or less has meanings of its own.
 */
export async function waitUntil(heard: () => boolean, at: string | null, summary: string): Promise<void> {
  if (at === null) return condition(heard);
  const left = Date.parse(at) - Date.now();
  if (left > 0) await condition(heard, left, { summary });
}
