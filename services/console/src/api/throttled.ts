import type { QueryKey } from '@tanstack/react-query';

/** Minimum interval between two refetches of the same key, in milliseconds: thousands of changes may come together. */
const throttleMs = 1_000;

/** Refetches immediately, and once more after the pause for everything that came during it. */
export function throttled(ask: (queryKey: QueryKey) => void): (queryKey: QueryKey) => void {
  const resting = new Map<string, { isAskedAgain: boolean }>();
  return function askFor(queryKey) {
    const name = queryKey.join();
    const rest = resting.get(name);
    if (rest) {
      rest.isAskedAgain = true;
      return;
    }
    ask(queryKey);
    const begun = { isAskedAgain: false };
    resting.set(name, begun);
    setTimeout(() => {
      resting.delete(name);
      if (begun.isAskedAgain) askFor(queryKey);
    }, throttleMs);
  };
}
