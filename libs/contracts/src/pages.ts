/**
 * Every page of a list, one after the other, as they are taken.
 * @param ask for the first page without a cursor, then for each by the `next` of the one before
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

/** What is on them, together. */
export async function allOf<Item>(pages: AsyncIterable<Item[]>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const items of pages) all.push(...items);
  return all;
}
