/** So many requests a second carry 10,000 e-mails: nobody needs more turns. */
const MOST_TURNS = 100;

/**
 * How many turns there are for what the provider said of its limit (`ratelimit-limit`: requests a second); null when it
 * said nothing of use. A turn is taken before a request and is free again a second after its answer. So between two
 * requests of one turn there is a second at least, wherever they were made and however long they took: no second ever
 * sees more requests than there are turns.
 */
export function turnsFor(limit: number | null): number | null {
  if (limit === null || limit < 1) return null;
  return Math.min(Math.floor(limit), MOST_TURNS);
}
