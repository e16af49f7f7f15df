/** Where an application stands in the queue, and which come before and after it. */
export interface PlaceInQueue {
  /** From 1. */
  position: number;
  of: number;
  previous: string | null;
  next: string | null;
}

/** The queue as it was, and how many waited: it has the oldest of them. */
export interface RememberedQueue {
  ids: readonly string[];
  of: number;
}

/**
 * @param remembered the queue as it was while the application was in it
 * @param now the queue as it is: who has left it is not led to
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
