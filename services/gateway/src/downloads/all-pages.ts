import { everyPage } from '@tenure/contracts';

/** Half of what a service answers at once: with the longest texts, of three bytes for each letter, no message of NATS holds more. */
const limit = 100;

/** Every page of a list that is downloaded as a whole. */
export function allPages<Item>(
  read: (place: { cursor: string | undefined; limit: number }) => Promise<{ items: Item[]; next: string | null }>,
): AsyncGenerator<Item[]> {
  return everyPage((cursor) => read({ cursor, limit }));
}
