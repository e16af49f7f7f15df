/** A page of Resend's lists: up to `limit` items (20, at most 100) after the one with the id `after`. */
export function pageOfList<T extends { id: string }>(
  newestFirst: readonly T[],
  query: { limit?: unknown; after?: unknown },
  show: (item: T) => unknown,
): { object: 'list'; has_more: boolean; data: unknown[] } {
  const limit = Math.min(Math.max(Number(query.limit ?? 20) || 20, 1), 100);
  const start = newestFirst.findIndex(({ id }) => id === query.after) + 1;
  const data = newestFirst.slice(start, start + limit).map(show);
  return { object: 'list', has_more: start + limit < newestFirst.length, data };
}
