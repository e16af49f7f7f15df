import type { Round } from './round.js';
import { median, percentile } from './statistics.js';

export const goal = 0.7;

/** The key of all processes of the machine among the processor times. */
export const wholeMachine = 'the whole machine';

/** What was measured of one kind: Tenure's own, or the floor. */
export interface Measured {
  rounds: Round[];
  /** Processor seconds by process, over its rounds. */
  processor: Record<string, number>;
}

/** The medians of the rounds against each other, and whether the goal is reached. */
export function ratioOf(tenure: Measured, floor: Measured): number {
  return median(speeds(tenure)) / median(speeds(floor));
}

/** The goal is reached by what is printed: 0.695 is written 0.69, not 0.70. */
export function lastLine(ratio: number): { line: string; reached: boolean } {
  const written = Math.floor(ratio * 100) / 100;
  return { line: `ratio ${written.toFixed(2)}, goal ${goal.toFixed(2)}`, reached: written >= goal };
}

export function speedLine(name: string, measured: Measured): string {
  const all = speeds(measured).map((speed) => speed.toFixed(1));
  return `${name.padEnd(34)}${median(speeds(measured)).toFixed(1).padStart(6)} a second   (rounds: ${all.join(', ')})`;
}

export function latencyLine(name: string, milliseconds: number[]): string {
  const [p50, p99] = [0.5, 0.99].map((share) => `${percentile(milliseconds, share).toFixed(0)} ms`.padStart(8));
  return `${name.padEnd(34)}p50 ${p50}   p99 ${p99}`;
}

/** The events in the histories of an application and of its subscription. */
export function eventsLine(name: string, [application, subscription]: number[]): string {
  return `${name.padEnd(34)}${application} of an application, ${subscription} of its subscription`;
}

/** The processor time of one unit, by process, the most first. */
export function processorLines({ rounds, processor }: Measured): string[] {
  const units = rounds.reduce((sum, round) => sum + round.units.length, 0);
  const rows = ownTimes(processor).sort(([, a], [, b]) => b - a);
  const all = rows.reduce((sum, [, seconds]) => sum + seconds, 0);
  return [...rows, ['all', all] as const].map(
    ([name, seconds]) =>
      `  ${name.padEnd(20)}${seconds.toFixed(2).padStart(8)} s   ${((seconds / units) * 1000).toFixed(2).padStart(7)} ms each`,
  );
}

/** How much of what the machine did was somebody else's: much of it makes the figures worthless. */
export function othersLine(...measured: Measured[]): string {
  const sum = (figures: number[]) => figures.reduce((a, b) => a + b, 0);
  const whole = sum(measured.map(({ processor }) => processor[wholeMachine] ?? 0));
  const own = sum(measured.flatMap(({ processor }) => ownTimes(processor).map(([, seconds]) => seconds)));
  const share = whole === 0 ? 0 : Math.max(0, 1 - own / whole);
  return `Other programs had ${(share * 100).toFixed(0)} % of the processor time that this machine gave meanwhile.`;
}

function ownTimes(processor: Measured['processor']): [string, number][] {
  return Object.entries(processor).filter(([name]) => name !== wholeMachine);
}

function speeds({ rounds }: Measured): number[] {
  return rounds.map(({ perSecond }) => perSecond);
}
