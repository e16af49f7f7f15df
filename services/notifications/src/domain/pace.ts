/** This many requests per second carry 10,000 e-mails: nobody needs more turns. */
const MOST_TURNS = 100;

/**
 * The number of turns for the provider's limit (`ratelimit-limit`, in requests per second); null when the provider sent
 * no usable limit. A turn is taken before a request and is free again a second after the answer. So at least a second
 * lies between two requests of one turn, wherever they were made and however long they took: no second ever sees more
 * requests than there are turns.
 */
export function turnsFor(limit: number | null): number | null {
  if (limit === null || limit < 1) return null;
  return Math.min(Math.floor(limit), MOST_TURNS);
}
