import { everyPage } from '@tenure/contracts';

/** Half of a service's maximum: with the longest texts, at three bytes per character, no more fit into a NATS message. */
const limit = 100;

/** Every page of a list that is downloaded completely. */
export function allPages<Item>(
  read: (place: { cursor: string | undefined; limit: number }) => Promise<{ items: Item[]; next: string | null }>,
): AsyncGenerator<Item[]> {
  return everyPage((cursor) => read({ cursor, limit }));
}
