const FIRST_SECONDS = 1;
const LONGEST_SECONDS = 5 * 60;

/**
 * How long a notice waits after so many failures in a row (1, 2, 3 …), in seconds: 1, 2, 4 … 300. What the provider asks
 * for is waited for at least. `random` (0 up to 1) spreads notices that failed together over a quarter more.
 */
export function backOffSeconds(failures: number, askedSeconds: number | null, random: number): number {
  const doubled = FIRST_SECONDS * 2 ** Math.min(failures - 1, 20);
  return Math.max(Math.min(doubled, LONGEST_SECONDS), askedSeconds ?? 0) * (1 + random / 4);
}
