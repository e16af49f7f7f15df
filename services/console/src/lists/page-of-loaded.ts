/**
 * A page of a list that is loaded completely: rendering thousands of rows takes seconds.
 * @param cursor the key of the row at which the page begins; undefined: the first page
 * @param limit rows per page
 */
export function pageOfLoaded<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  cursor: string | undefined,
  limit = 50,
): { items: Row[]; next: string | null } {
  const begin = Math.max(
    0,
    rows.findIndex((row) => keyOf(row) === cursor),
  );
  const following = rows[begin + limit];
  return { items: rows.slice(begin, begin + limit), next: following === undefined ? null : keyOf(following) };
}
