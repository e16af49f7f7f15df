import type { Answer } from '@tenure/local/api/person';
import { until } from '@tenure/platform/command/until';

/** Longer than everything that was killed takes to be back, and what waited for it to go on. */
const PATIENCE_SECONDS = 180;

/**
 * Asks the same again for as long as nobody answers, as a careful client does: the key of the request makes it one.
 * @param ask under one idempotency key, where it changes something
 * @throws when it is refused, or nobody answers for too long
 */
export async function answered<T>(what: string, ask: () => Promise<Answer<T>>): Promise<T> {
  let lastSaid = '';
  const answer = await until(
    async () => {
      try {
        return await ask();
      } catch (error) {
        // The connection broke, or nothing listens: whether it was done, nobody knows.
        lastSaid = String(error);
        return undefined;
      }
    },
    (heard) => heard !== undefined && !isPassing(heard),
    { seconds: PATIENCE_SECONDS },
  );
  if (answer?.value !== undefined) return answer.value;
  const said = answer === undefined ? lastSaid : `${answer.status} ${answer.problem?.code}`;
  throw new Error(`to ${what}: ${said}`);
}

/** Asks until it is as wished. @throws when it is not for too long, or refused */
export async function becomes<T>(
  what: string,
  ask: () => Promise<Answer<T>>,
  isWished: (found: T) => boolean,
): Promise<T> {
  const found = await until(() => answered(what, ask), isWished, { seconds: PATIENCE_SECONDS });
  if (isWished(found)) return found;
  throw new Error(`to ${what}`);
}

/** Something behind the gateway is away, or not done yet. Any other 500 is a fault. */
function isPassing({ status, problem }: Answer<unknown>): boolean {
  return [502, 503, 504].includes(status) || problem?.code === 'clock_busy';
}
