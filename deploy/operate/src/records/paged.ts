/** Every page of a list, one after the other, as they are asked for. */
export async function* paged<T, Cursor = string>(
  page: (cursor: Cursor | null) => Promise<{ items: T[]; next: Cursor | null }>,
): AsyncGenerator<T[]> {
  let cursor: Cursor | null = null;
  do {
    const { items, next } = await page(cursor);
    yield items;
    cursor = next;
  } while (cursor !== null);
}

export async function allOf<T>(pages: AsyncIterable<T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}
