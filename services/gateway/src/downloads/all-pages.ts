/** The most that a service answers at once, less the one more by which it may see that there is more. */
const perPage = 200;

interface Page<Item> {
  items: Item[];
  next: string | null;
}

/** Every page of a list, one after the other, as they are asked for. */
export async function* allPages<Item>(
  read: (place: { cursor: string | undefined; limit: number }) => Promise<Page<Item>>,
): AsyncGenerator<Item[]> {
  let cursor: string | undefined;
  do {
    const { items, next } = await read({ cursor, limit: perPage });
    yield items;
    cursor = next ?? undefined;
  } while (cursor !== undefined);
}
