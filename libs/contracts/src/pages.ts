/**
 * Yields the pages of a list one after another. Each is fetched when the caller takes it.
 * @param ask without a cursor for the first page, then with the `next` of the previous one
 */
export async function* everyPage<Item, Cursor = string>(
  ask: (cursor: Cursor | undefined) => Promise<{ items: Item[]; next: Cursor | null }>,
): AsyncGenerator<Item[]> {
  let cursor: Cursor | undefined;
  do {
    const { items, next } = await ask(cursor);
    yield items;
    cursor = next ?? undefined;
  } while (cursor !== undefined);
}

/** Collects the items of all pages. */
export async function allOf<Item>(pages: AsyncIterable<Item[]>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const items of pages) all.push(...items);
  return all;
}
