import { hashKey, type QueryKey } from '@tanstack/react-query';

/** Minimum interval between two refetches of the same key, in milliseconds: thousands of changes may come together. */
const shortestRestMs = 1_000;

/**
 * Refetches immediately, and once more after a rest for everything that came during it.
 * @param longestRestMs what the rest may double to while changes keep coming, in milliseconds
 */
export function throttled(
  ask: (queryKey: QueryKey) => void,
  longestRestMs = shortestRestMs,
): (queryKey: QueryKey) => void {
  const resting = new Map<string, { isAskedAgain: boolean }>();
  const refetch = (name: string, queryKey: QueryKey, restMs: number) => {
    ask(queryKey);
    const begun = { isAskedAgain: false };
    resting.set(name, begun);
    setTimeout(() => {
      resting.delete(name);
      if (begun.isAskedAgain) refetch(name, queryKey, Math.min(2 * restMs, longestRestMs));
    }, restMs);
  };
  return (queryKey) => {
    const name = hashKey(queryKey);
    const rest = resting.get(name);
    if (rest) rest.isAskedAgain = true;
    else refetch(name, queryKey, shortestRestMs);
  };
}
