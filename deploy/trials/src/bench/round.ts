/** How long one unit of work took, in milliseconds, from the decision on. */
export interface Unit {
  /** Until the reviewer has the outcome. */
  decisionMs: number;
  /** Until everything is done. */
  doneMs: number;
}

/** The size of a bench. */
export interface Plan {
  /** The number of concurrent clients. */
  hands: number;
  rounds: number;
  secondsPerRound: number;
}

export interface Round<U = Unit> {
  perSecond: number;
  units: U[];
}

/**
 * Runs units with this many concurrent clients for this long; each client starts the next unit as soon as it is free.
 * The speed is that of the steady part: from when as many units are done as there are clients until the time is over.
 * @throws if nothing is done within the time
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

/** How long the work takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** @param doneAt in milliseconds, in ascending order */
export function steadySpeed(doneAt: readonly number[], hands: number, end: number): number {
  const inTime = doneAt.filter((at) => at <= end);
  const from = inTime[hands - 1];
  if (from === undefined || inTime.length === hands) throw new Error('The round is too short for anything to finish.');
  return (inTime.length - hands) / ((end - from) / 1000);
}
