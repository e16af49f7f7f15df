/** What one unit of work took, in milliseconds, from the decision on. */
export interface Unit {
  /** Until whoever decided knows that it counts. */
  decisionMs: number;
  /** Until all of it is done. */
  doneMs: number;
}

export interface Round {
  perSecond: number;
  units: Unit[];
}

/** Has `count` units done by so many hands at once; each takes the next as soon as it is free. */
export async function playRound(count: number, hands: number, unit: (hand: number) => Promise<Unit>): Promise<Round> {
  const units: Unit[] = [];
  let begun = 0;
  const work = async (hand: number) => {
    while (begun < count) {
      begun += 1;
      units.push(await unit(hand));
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: hands }, (_, hand) => work(hand)));
  return { perSecond: count / ((performance.now() - started) / 1000), units };
}
