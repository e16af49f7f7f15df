import { addTimes, processorTimes } from '../processor-time.js';
import { playRound, timed, type Plan, type Round } from '../round.js';
import { median, percentile } from '../statistics.js';

/** Something that is asked again and again. */
export interface Contender {
  name: string;
  unit: () => Promise<unknown>;
  /** Waits until all that a round has left to do is done, so that the next one does not pay for it. */
  settle?: () => Promise<void>;
}

export interface Measured {
  name: string;
  /** The middle round's. */
  perSecond: number;
  /** The slowest and the quickest round's. */
  between: [number, number];
  /** Milliseconds, over all rounds. */
  p50: number;
  p99: number;
  /** Processor microseconds for each, by process. */
  processor: Record<string, number>;
}

export interface Process {
  name: string;
  pid: number;
}

/** Plays rounds of each contender in turn, after one of each that does not count. */
export async function measure(
  { hands, rounds, secondsPerRound }: Plan,
  contenders: readonly Contender[],
  processes: readonly Process[],
): Promise<Map<string, Measured>> {
  const played = new Map(contenders.map(({ name }): [string, Played] => [name, { rounds: [], seconds: {} }]));
  for (let number = 0; number <= rounds; number++)
    for (const { name, unit, settle } of contenders) {
      const before = processorTimes(processes);
      const round = await playRound(hands, number === 0 ? 1 : secondsPerRound, () => timed(unit));
      await settle?.();
      if (number === 0) continue;
      const of = played.get(name)!;
      of.rounds.push(round);
      addTimes(of.seconds, before, processorTimes(processes));
    }
  return new Map([...played].map(([name, of]) => [name, measuredOf(name, of)]));
}

interface Played {
  rounds: Round<number>[];
  /** Processor seconds by process. */
  seconds: Record<string, number>;
}

function measuredOf(name: string, { rounds, seconds }: Played): Measured {
  const speeds = rounds.map(({ perSecond }) => perSecond);
  const milliseconds = rounds.flatMap(({ units }) => units);
  return {
    name,
    perSecond: median(speeds),
    between: [Math.min(...speeds), Math.max(...speeds)],
    p50: percentile(milliseconds, 0.5),
    p99: percentile(milliseconds, 0.99),
    processor: Object.fromEntries(
      Object.entries(seconds).map(([process, spent]) => [process, (spent * 1e6) / milliseconds.length]),
    ),
  };
}
