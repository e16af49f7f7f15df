/**
 * A page of what was found, of which one more than `limit` was asked for: so it is seen whether another page follows.
 * @param placeOf where the next page begins, by the last of this one
 */
export function pageFrom<Row, Place>(
  found: readonly Row[],
  limit: number,
  placeOf: (last: Row) => Place,
): { items: Row[]; next: Place | null } {
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? placeOf(items.at(-1)!) : null };
}
