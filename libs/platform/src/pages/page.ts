/** A message of NATS holds 1 MiB: in bytes, less what is around the items. */
const room = 1_000_000;

/**
 * A page of what was found, of which one more than `limit` was asked for: so it is seen whether another page follows. It
 * ends sooner where a message holds no more.
 * @param placeOf where the next page begins, by the last of this one
 * @param next where it begins when all that was found is on this one
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

/** As many as a message holds, and one at least. */
function fitting<Row>(rows: Row[]): Row[] {
  let bytes = 0;
  const beyond = rows.findIndex((row) => (bytes += Buffer.byteLength(JSON.stringify(row)) + 1) > room);
  return beyond === -1 ? rows : rows.slice(0, Math.max(1, beyond));
}
