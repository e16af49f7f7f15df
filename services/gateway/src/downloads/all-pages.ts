/** Half of what a service answers at once: with the longest texts, of three bytes for each letter, no message of NATS holds more. */
const perPage = 100;

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
