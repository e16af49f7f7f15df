import { median } from '../statistics.js';

const goals = { wake: 0.8, send: 0.7 };

/** How long it took, in seconds: Tenure, and the bare way. */
export interface Round {
  ours: number;
  bare: number;
}
type Parts = Record<keyof typeof goals, readonly Round[]>;

/** Medians of the rounds, in a sentence for each that was played. */
export function told(plan: { subscriptions: number; notices: number }, { wake, send }: Parts): string {
  const sentences: string[] = [];
  if (wake.length > 0) {
    const { ours, bare } = mediansOf(wake);
    sentences.push(
      `${plan.subscriptions} reminders due at the same instant: the last was stored ${ours.toFixed(1)} s late;`,
      `the last of as many bare sleepers had woken after ${bare.toFixed(1)} s: ${ratioOf(wake).toFixed(2)}.`,
    );
  }
  if (send.length > 0) {
    const { ours, bare } = mediansOf(send);
    const perSecond = (seconds: number) => (plan.notices / seconds).toFixed(0);
    sentences.push(
      `${plan.notices} stored notices: ${perSecond(ours)} sent a second; bare batch calls: ${perSecond(bare)}: ${ratioOf(send).toFixed(2)}.`,
    );
  }
  return sentences.join('\n');
}

type Seconds = Record<string, number>;

/** What each of so many took of the processor, by process, the most first. @param before and after: seconds so far */
export function spent(many: number, before: Seconds, after: Seconds): string {
  const each = Object.entries(after).map(([name, seconds]): [string, number] => [
    name,
    ((seconds - (before[name] ?? 0)) / many) * 1000,
  ]);
  const rows = each.filter(([, ms]) => ms >= 0.005).sort(([, one], [, other]) => other - one);
  return `ms of the processor each: ${rows.map(([name, ms]) => `${name} ${ms.toFixed(2)}`).join(', ')}`;
}

/** The goals are reached by what is printed: 0.695 is written 0.69, not 0.70. */
export function lastLine({ wake, send }: Parts): { line: string; reached: boolean } {
  const written = { wake: ratioOf(wake), send: ratioOf(send) };
  const part = (of: keyof typeof goals) => `${of} ${written[of].toFixed(2)} (goal ${goals[of].toFixed(2)})`;
  return {
    line: `${part('wake')}, ${part('send')}`,
    reached: written.wake >= goals.wake && written.send >= goals.send,
  };
}

function ratioOf(rounds: readonly Round[]): number {
  const { ours, bare } = mediansOf(rounds);
  return Math.floor((bare / ours) * 100) / 100;
}

function mediansOf(rounds: readonly Round[]): Round {
  return { ours: median(rounds.map(({ ours }) => ours)), bare: median(rounds.map(({ bare }) => bare)) };
}
