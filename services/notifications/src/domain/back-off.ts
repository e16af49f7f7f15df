const FIRST_SECONDS = 1;
const LONGEST_SECONDS = 5 * 60;

/**
 * How long a notice waits after this many consecutive failures (1, 2, 3 …), in seconds: 1, 2, 4 … 300, or longer if the
 * provider asks for it. `random` (0 up to 1) adds up to a quarter, to spread notices that failed together.
 */
export function backOffSeconds(failures: number, askedSeconds: number | null, random: number): number {
  const doubled = FIRST_SECONDS * 2 ** Math.min(failures - 1, 20);
  return Math.max(Math.min(doubled, LONGEST_SECONDS), askedSeconds ?? 0) * (1 + random / 4);
}
