import type { Answer } from '@tenure/local/api/person';
import { until } from '@tenure/platform/command/until';

/** Longer than any killed process takes to come back and to resume what waited for it. */
const PATIENCE_SECONDS = 180;

/**
 * Retries a request for as long as nobody answers, as a careful client does: its idempotency key makes that safe.
 * @param ask uses the same idempotency key each time if it changes something
 * @throws if it is refused or nobody answers for too long
 */
export async function answered<T>(what: string, ask: () => Promise<Answer<T>>): Promise<T> {
  let lastSaid = '';
  const answer = await until(
    async () => {
      try {
        return await ask();
      } catch (error) {
        // The connection broke or was refused: whether the request was carried out is unknown.
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

/** Polls until the result is as expected. @throws if that takes too long or is refused */
export async function becomes<T>(
  what: string,
  ask: () => Promise<Answer<T>>,
  isWished: (found: T) => boolean,
): Promise<T> {
  const found = await until(() => answered(what, ask), isWished, { seconds: PATIENCE_SECONDS });
  if (isWished(found)) return found;
  throw new Error(`to ${what}`);
}

/** Something behind the gateway is down or not done yet. Any other 5xx is a fault. */
function isPassing({ status, problem }: Answer<unknown>): boolean {
  return [502, 503, 504].includes(status) || problem?.code === 'clock_busy';
}
