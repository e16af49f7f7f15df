const rowsPerPage = 50;

/**
 * A page of a list that is loaded completely: rendering thousands of rows takes seconds.
 * @param cursor the key of the row at which the page begins; undefined: the first page
 */
export function pageOfLoaded<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  cursor: string | undefined,
): { items: Row[]; next: string | null } {
  const begin = Math.max(
    0,
    rows.findIndex((row) => keyOf(row) === cursor),
  );
  const following = rows[begin + rowsPerPage];
  return { items: rows.slice(begin, begin + rowsPerPage), next: following === undefined ? null : keyOf(following) };
}
