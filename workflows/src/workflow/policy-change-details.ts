import type { AnswerOf, advancePolicyChange } from '@tenure/contracts';
import { now, readable } from './time.js';

type Progress = AnswerOf<typeof advancePolicyChange>;

/** What operators read about a change of policy that is being applied. */
export function moving(progress: Progress, startedAt: string): string {
  return [`**Moves the organization's subscriptions**, since ${readable(startedAt)}.`, figures(progress)].join('\n\n');
}

export function stopped(progress: Progress): string {
  return [
    `**Stopped by the organization**, seen ${readable(now())}. Waits until it goes on with the change, or changes the policy again.`,
    figures(progress),
  ].join('\n\n');
}

/** Nothing to wait for any more. */
export function ended(progress: Progress): string {
  const how =
    progress.state === 'applied'
      ? 'every subscription has the new policy'
      : 'a newer policy came, and moves those that are left';
  return [`**Ended** at ${readable(now())}: ${how}.`, figures(progress)].join('\n\n');
}

/** An operator ended it before its time. */
export function cancelled(progress: Progress): string {
  return [
    `**Cancelled** at ${readable(now())}: no more subscriptions are moved, until the organization stops the change and goes on with it, or \`npm run restore\` starts this again.`,
    figures(progress),
  ].join('\n\n');
}

function figures({ total, lookedAt, moved, batches }: Progress): string {
  return [
    `- ${lookedAt} of ${total} subscriptions looked at, in ${batches} ${batches === 1 ? 'batch' : 'batches'}`,
    `- ${moved} of them moved; ${lookedAt - moved} had the new policy already`,
  ].join('\n');
}
