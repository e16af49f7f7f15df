/** The rows in their former order, each with its latest data; a row without newer data stays as it was. */
export function steadyRows<Row>(
  shown: { ids: readonly string[]; rows: ReadonlyMap<string, Row> },
  now: readonly Row[],
  idOf: (row: Row) => string,
): Row[] {
  const newer = new Map(now.map((row) => [idOf(row), row]));
  return shown.ids.flatMap((id) => newer.get(id) ?? shown.rows.get(id) ?? []);
}

/** How many entries were added, removed or moved. Moving up only because another one was removed does not count. */
export function changesBetween(before: readonly string[], now: readonly string[]): number {
  const came = now.filter((id) => !before.includes(id)).length;
  const went = before.filter((id) => !now.includes(id)).length;
  const stayedBefore = before.filter((id) => now.includes(id));
  const stayedNow = now.filter((id) => before.includes(id));
  return came + went + (stayedBefore.length - longestCommonOrder(stayedBefore, stayedNow));
}

/** The length of the longest common subsequence; both hold the same ids. */
function longestCommonOrder(before: readonly string[], now: readonly string[]): number {
  const place = new Map(now.map((id, index) => [id, index]));
  const tails: number[] = [];
  for (const id of before) {
    const at = place.get(id) ?? 0;
    const found = tails.findIndex((tail) => tail >= at);
    tails[found === -1 ? tails.length : found] = at;
  }
  return tails.length;
}
