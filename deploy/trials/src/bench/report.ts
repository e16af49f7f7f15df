import { printed } from './goals.js';
import type { Round } from './round.js';
import { median, percentile } from './statistics.js';

export const goal = 0.7;

/** The key of all processes of the machine among the CPU times. */
export const wholeMachine = 'the whole machine';

/** The measurements of one kind: Tenure or the floor. */
export interface Measured {
  rounds: Round[];
  /** CPU seconds by process, over its rounds. */
  processor: Record<string, number>;
}

/** The ratio of the medians of the rounds. */
export function ratioOf(tenure: Measured, floor: Measured): number {
  return median(speeds(tenure)) / median(speeds(floor));
}

export function lastLine(ratio: number): { line: string; reached: boolean } {
  const written = printed(ratio);
  return { line: `ratio ${written.toFixed(2)}, goal ${goal.toFixed(2)}`, reached: written >= goal };
}

export function speedLine(name: string, measured: Measured): string {
  const all = speeds(measured).map((speed) => speed.toFixed(1));
  return `${name.padEnd(34)}${median(speeds(measured)).toFixed(1).padStart(6)} per second   (rounds: ${all.join(', ')})`;
}

export function latencyLine(name: string, milliseconds: number[]): string {
  const [p50, p99] = [0.5, 0.99].map((share) => `${percentile(milliseconds, share).toFixed(0)} ms`.padStart(8));
  return `${name.padEnd(34)}p50 ${p50}   p99 ${p99}`;
}

/** The events in the histories of an application and of its subscription. */
export function eventsLine(name: string, [application, subscription]: number[]): string {
  return `${name.padEnd(34)}${application} of an application, ${subscription} of its subscription`;
}

/** The CPU time of one unit, by process, largest first. */
export function processorLines({ rounds, processor }: Measured): string[] {
  const units = rounds.reduce((sum, round) => sum + round.units.length, 0);
  const rows = ownTimes(processor).sort(([, a], [, b]) => b - a);
  const all = rows.reduce((sum, [, seconds]) => sum + seconds, 0);
  return [...rows, ['total', all] as const].map(
    ([name, seconds]) =>
      `  ${name.padEnd(20)}${seconds.toFixed(2).padStart(8)} s   ${((seconds / units) * 1000).toFixed(2).padStart(7)} ms each`,
  );
}

/** The share of CPU time that other programs used: if it is large, the figures are worthless. */
export function othersLine(...measured: Measured[]): string {
  const sum = (figures: number[]) => figures.reduce((a, b) => a + b, 0);
  const whole = sum(measured.map(({ processor }) => processor[wholeMachine] ?? 0));
  const own = sum(measured.flatMap(({ processor }) => ownTimes(processor).map(([, seconds]) => seconds)));
  const share = whole === 0 ? 0 : Math.max(0, 1 - own / whole);
  return `Other programs used ${(share * 100).toFixed(0)} % of the CPU time of this machine meanwhile.`;
}

function ownTimes(processor: Measured['processor']): [string, number][] {
  return Object.entries(processor).filter(([name]) => name !== wholeMachine);
}

function speeds({ rounds }: Measured): number[] {
  return rounds.map(({ perSecond }) => perSecond);
}
