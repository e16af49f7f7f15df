/** What one unit of work took, in milliseconds, from the decision on. */
export interface Unit {
  /** Until whoever decided knows that it counts. */
  decisionMs: number;
  /** Until all of it is done. */
  doneMs: number;
}

/** How much is played. */
export interface Plan {
  /** How many are under way at once. */
  hands: number;
  rounds: number;
  secondsPerRound: number;
}

export interface Round<U = Unit> {
  perSecond: number;
  units: U[];
}

/**
 * Has units done by so many hands at once for so long; each hand takes the next as soon as it is free. The speed is
 * that of the steady part: from when as many are done as there are hands, until the time is over.
 * @throws when nothing is done within the time
 */
export async function playRound<U>(
  hands: number,
  seconds: number,
  unit: (hand: number) => Promise<U>,
  now = () => performance.now(),
): Promise<Round<U>> {
  const units: U[] = [];
  const doneAt: number[] = [];
  const end = now() + seconds * 1000;
  const work = async (hand: number) => {
    while (now() < end) {
      units.push(await unit(hand));
      doneAt.push(now());
    }
  };
  await Promise.all(Array.from({ length: hands }, (_, hand) => work(hand)));
  return { perSecond: steadySpeed(doneAt, hands, end), units };
}

/** How long it takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** @param doneAt in milliseconds, in their order */
export function steadySpeed(doneAt: readonly number[], hands: number, end: number): number {
  const inTime = doneAt.filter((at) => at <= end);
  const from = inTime[hands - 1];
  if (from === undefined || inTime.length === hands) throw new Error('The round is too short for anything to be done.');
  return (inTime.length - hands) / ((end - from) / 1000);
}
