import { setTimeout as delay } from 'node:timers/promises';

/**
 * Polls at growing intervals until the answer is as wished or the time is over, and then asks once more: an answer that
 * took long may be outdated.
 * @returns the last answer, wished or not, for the caller to interpret
 */
export async function until<T>(
  ask: () => Promise<T>,
  isWished: (answer: T) => boolean,
  { seconds = 120 }: { seconds?: number } = {},
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (let pause = 30; ; pause = Math.min(500, pause * 1.5)) {
    const isLast = Date.now() > end;
    const answer = await ask();
    if (isWished(answer) || isLast) return answer;
    await delay(pause);
  }
}
