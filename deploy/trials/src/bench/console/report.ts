import { median } from '../statistics.js';

/** Milliseconds. */
export const goals = { lcp: 2_000, inp: 150, change: 1_000 };

/** The measurements by name, one per round, in milliseconds. */
export type Rounds = Map<string, number[]>;

export function add(rounds: Rounds, name: string, ms: number): void {
  rounds.set(name, [...(rounds.get(name) ?? []), ms]);
}

/** A line for each name, with its median and all rounds. */
export function lines(rounds: Rounds): string[] {
  return [...rounds].map(
    ([name, all]) => `  ${name.padEnd(44)}${ms(median(all)).padStart(9)}   (rounds: ${all.map(whole).join(', ')})`,
  );
}

/** The median of the slowest one. */
export function slowest(rounds: Rounds): number {
  return Math.max(...[...rounds.values()].map(median));
}

/** The median over the rounds of the worst response: a visit is as fast as its slowest response. */
export function worstOfEachRound(rounds: Rounds): number {
  const all = [...rounds.values()];
  return median(all[0]!.map((_, round) => Math.max(...all.map((figures) => figures[round]!))));
}

/** The printed figures decide whether a goal is reached. */
export function lastLine(figures: Record<keyof typeof goals, number>): { line: string; reached: boolean } {
  const { lcp, inp, change } = figures;
  const line = `LCP ${ms(lcp)} (goal ${ms(goals.lcp)}), INP ${ms(inp)} (goal ${ms(goals.inp)}), another's change ${ms(change)} (goal ${ms(goals.change)})`;
  const names = Object.keys(goals) as (keyof typeof goals)[];
  return { line, reached: names.every((name) => Math.ceil(figures[name]) <= goals[name]) };
}

function ms(figure: number): string {
  return `${whole(figure)} ms`;
}

function whole(figure: number): string {
  return Math.ceil(figure).toLocaleString('en-US');
}
