/** An application's position in the queue, and the applications before and after it. */
export interface PlaceInQueue {
  /** Counted from 1. */
  position: number;
  of: number;
  previous: string | null;
  next: string | null;
}

/** The queue as it was: the ids of the oldest, and how many waited in total. */
export interface RememberedQueue {
  ids: readonly string[];
  of: number;
}

/**
 * @param remembered the queue while the application was in it
 * @param now the queue as it is now; what has left it is skipped
 */
export function placeInQueue({ ids, of }: RememberedQueue, now: readonly string[], id: string): PlaceInQueue {
  const at = ids.indexOf(id);
  const waits = (other: string) => other !== id && now.includes(other);
  return {
    position: at + 1,
    of,
    previous: ids.slice(0, Math.max(at, 0)).findLast(waits) ?? null,
    next: ids.slice(at + 1).find(waits) ?? now.find((other) => other !== id) ?? null,
  };
}
