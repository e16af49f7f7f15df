import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export type Ending = 'expired' | 'renewed' | 'rejected' | 'withdrawn';

/** An application and how it ends. */
export interface PlannedLife {
  name: string;
  ending: Ending;
}

/** The endings in turn, in this proportion. */
const inTurn: readonly Ending[] = ['expired', 'renewed', 'rejected', 'expired', 'renewed', 'withdrawn'];

/** @param index starts at 0 */
export function plannedLife(index: number): PlannedLife {
  const ending = inTurn[index % inTurn.length]!;
  return { ending, name: `Life ${index + 1}, ${ending}` };
}

/** One of each kind, as the reference for what is sent when nothing is killed. */
export const calmLives: readonly PlannedLife[] = [...new Set(inTurn)].map((ending) => ({
  ending,
  name: `Undisturbed, ${ending}`,
}));

/** Everything that runs, including servers and stand-ins. */
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
  /** Time since the previous kill, in milliseconds. */
  pauseMs: number;
}

/**
 * Most processes are ready again after two or three seconds, so sometimes everything runs, and sometimes two or three
 * are down.
 */
const pauses = { shortestMs: 500, longestMs: 6_000 };

/** An endless plan: each process once, in an order that the seed determines, then each once again in another order. */
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
