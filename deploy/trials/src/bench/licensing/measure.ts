import { addTimes, processorTimes } from '../processor-time.js';
import { playRound, timed, type Plan, type Round } from '../round.js';
import { median, percentile } from '../statistics.js';

/** Something that is measured. */
export interface Contender {
  name: string;
  unit: () => Promise<unknown>;
  /** Waits until the work that a round leaves behind is done, so that the next round does not pay for it. */
  settle?: () => Promise<void>;
}

export interface Measured {
  name: string;
  /** Of the median round. */
  perSecond: number;
  /** Of the slowest and the fastest round. */
  between: [number, number];
  /** Milliseconds, over all rounds. */
  p50: number;
  p99: number;
  /** CPU microseconds per request, by process. */
  processor: Record<string, number>;
}

export interface Process {
  name: string;
  pid: number;
}

/** Runs rounds of each contender in turn, after a warm-up round of each. */
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
  /** CPU seconds by process. */
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
