import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export type Ending = 'expired' | 'renewed' | 'rejected' | 'withdrawn';

/** An application, and what becomes of it. */
export interface PlannedLife {
  name: string;
  ending: Ending;
}

/** Ways to end, as often as they are here. */
const inTurn: readonly Ending[] = ['expired', 'renewed', 'rejected', 'expired', 'renewed', 'withdrawn'];

/** @param index 0 for the first */
export function plannedLife(index: number): PlannedLife {
  const ending = inTurn[index % inTurn.length]!;
  return { ending, name: `Life ${index + 1}, ${ending}` };
}

/** One of each, to learn from what they tell when nothing is killed. */
export const calmLives: readonly PlannedLife[] = [...new Set(inTurn)].map((ending) => ({
  ending,
  name: `Undisturbed, ${ending}`,
}));

/** Everything that runs, servers and stand-ins too. */
export const processes = [
  'postgres',
  'nats',
  'temporal',
  'mailbox',
  'identity-provider',
  'accounts',
  'licensing',
  'notifications',
  'gateway',
  'workflows',
] as const;
export type ProcessName = (typeof processes)[number];

export interface PlannedKill {
  process: ProcessName;
  /** How long after the one before, in milliseconds. */
  pauseMs: number;
}

/** Most are ready again after two seconds or three: so now everything runs, and now two or three are away together. */
const pauses = { shortestMs: 500, longestMs: 6_000 };

/** Without end: each process once, in an order that the seed gives, then each once more in another. */
export function* plannedKills(seed: number): Generator<PlannedKill, never> {
  const random = xoroshiro128plus(seed);
  for (;;) {
    const left = [...processes];
    while (left.length > 0) {
      const [process] = left.splice(uniformInt(random, 0, left.length - 1), 1);
      yield { process: process!, pauseMs: uniformInt(random, pauses.shortestMs, pauses.longestMs) };
    }
  }
}
