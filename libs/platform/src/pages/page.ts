/** A NATS message holds 1 MiB: the room for items, in bytes. */
const room = 1_000_000;

/**
 * A page of rows, of which the query fetched one more than `limit`, to see whether another page follows. The page is
 * shorter if a message cannot hold more.
 * @param placeOf where the next page begins, from the last row of this one
 * @param next where it begins if all rows are on this one
 */
export function pageFrom<Row, Place>(
  found: readonly Row[],
  limit: number,
  placeOf: (last: Row) => Place,
  next: Place | null = null,
): { items: Row[]; next: Place | null } {
  const items = fitting(found.slice(0, limit));
  return { items, next: found.length > items.length ? placeOf(items.at(-1)!) : next };
}

/** As many as a message can hold, and at least one. */
function fitting<Row>(rows: Row[]): Row[] {
  let bytes = 0;
  const beyond = rows.findIndex((row) => (bytes += Buffer.byteLength(JSON.stringify(row)) + 1) > room);
  return beyond === -1 ? rows : rows.slice(0, Math.max(1, beyond));
}
