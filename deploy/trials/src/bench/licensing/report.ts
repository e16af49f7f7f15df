import { goalsLine } from '../goals.js';
import type { Measured } from './measure.js';

const goals = { allocate: 0.7, read: 0.5 };

export function measuredLine({ name, perSecond, between, p50, p99 }: Measured): string {
  const [least, most] = between.map((speed) => speed.toFixed(0));
  const columns = [perSecond.toFixed(0).padStart(7), `(${least}–${most})`.padEnd(15), ms(p50), ms(p99)];
  return `  ${name.padEnd(46)}${columns.join('  ')}`;
}

/** The CPU time of one request, by process. */
export function processorLine({ name, processor }: Measured): string {
  const parts = Object.entries(processor)
    .filter(([, microseconds]) => microseconds >= 0.5)
    .sort(([, a], [, b]) => b - a)
    .map(([process, microseconds]) => `${process} ${microseconds.toFixed(0)}`);
  return `  ${name.padEnd(46)}${parts.join(', ')}`;
}

export const heading = `  ${''.padEnd(46)}${'per s'.padStart(7)}  ${'(rounds)'.padEnd(15)}  ${'p50'.padStart(8)}  ${'p99'.padStart(8)}`;

function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(1)} ms`.padStart(8);
}

export function lastLine(ratios: Record<keyof typeof goals, number>): { line: string; reached: boolean } {
  return goalsLine(goals, ratios);
}
