import { goalsLine, printed } from '../goals.js';
import { median } from '../statistics.js';

const goals = { wake: 0.8, send: 0.7 };

/** How long a round took, in seconds: with Tenure, and without it. */
export interface Round {
  ours: number;
  bare: number;
}
type Parts = Record<keyof typeof goals, readonly Round[]>;

/** The medians of the rounds, in a sentence for each part that ran. */
export function told(plan: { subscriptions: number; notices: number }, { wake, send }: Parts): string {
  const sentences: string[] = [];
  if (wake.length > 0) {
    const { ours, bare } = mediansOf(wake);
    sentences.push(
      `${plan.subscriptions} reminders due at the same instant: the last was stored ${ours.toFixed(1)} s late;`,
      `the last of as many bare sleepers woke ${bare.toFixed(1)} s late: ${printed(ratioOf(wake)).toFixed(2)}.`,
    );
  }
  if (send.length > 0) {
    const { ours, bare } = mediansOf(send);
    const perSecond = (seconds: number) => (plan.notices / seconds).toFixed(0);
    sentences.push(
      `${plan.notices} stored notices: ${perSecond(ours)} sent per second; bare batch calls: ${perSecond(bare)}: ${printed(ratioOf(send)).toFixed(2)}.`,
    );
  }
  return sentences.join('\n');
}

type Seconds = Record<string, number>;

/** CPU time per item by process, largest first. @param before and after: seconds used so far */
export function spent(many: number, before: Seconds, after: Seconds): string {
  const each = Object.entries(after).map(([name, seconds]): [string, number] => [
    name,
    ((seconds - (before[name] ?? 0)) / many) * 1000,
  ]);
  const rows = each.filter(([, ms]) => ms >= 0.005).sort(([, one], [, other]) => other - one);
  return `CPU time each, in ms: ${rows.map(([name, ms]) => `${name} ${ms.toFixed(2)}`).join(', ')}`;
}

export function lastLine({ wake, send }: Parts): { line: string; reached: boolean } {
  return goalsLine(goals, { wake: ratioOf(wake), send: ratioOf(send) });
}

function ratioOf(rounds: readonly Round[]): number {
  const { ours, bare } = mediansOf(rounds);
  return bare / ours;
}

function mediansOf(rounds: readonly Round[]): Round {
  return { ours: median(rounds.map(({ ours }) => ours)), bare: median(rounds.map(({ bare }) => bare)) };
}
