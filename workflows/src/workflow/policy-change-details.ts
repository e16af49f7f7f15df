import type { AnswerOf, advancePolicyChange } from '@tenure/contracts';
import { now, readable } from './time.js';

export type Progress = AnswerOf<typeof advancePolicyChange>;

/** What operators read while a policy change is being applied. */
export function moving(progress: Progress, startedAt: string): string {
  return [`**Moving the organization's subscriptions** since ${readable(startedAt)}.`, figures(progress)].join('\n\n');
}

export function stopped(progress: Progress): string {
  return [
    `**Stopped by the organization**, seen at ${readable(now())}. Waiting until the organization resumes the change or changes the policy again.`,
    figures(progress),
  ].join('\n\n');
}

export function ended(progress: Progress): string {
  const every = progress.kept ? 'every subscription that licensing can plan' : 'every subscription';
  const how =
    progress.state === 'applied'
      ? `${every} has the new policy`
      : 'a newer policy superseded it and moves the remaining subscriptions';
  return [`**Ended** at ${readable(now())}: ${how}.`, figures(progress)].join('\n\n');
}

/** After an operator canceled the workflow. @param progress null if licensing has not answered */
export function cancelled(progress: Progress | null): string {
  return [
    `**Canceled** at ${readable(now())}: no more subscriptions are moved until the organization stops and resumes the change, or \`npm run restore\` starts this workflow again.`,
    ...(progress ? [figures(progress)] : []),
  ].join('\n\n');
}

function figures({ total, lookedAt, moved, kept = 0, batches }: Progress): string {
  return [
    `- ${lookedAt} of ${total} ${total === 1 ? 'subscription' : 'subscriptions'} checked, in ${batches} ${batches === 1 ? 'batch' : 'batches'}`,
    `- ${moved} of them moved; ${lookedAt - moved - kept} already had the new policy`,
    ...(kept > 0
      ? [`- ${kept} of them not moved, because licensing does not know their time zones; its log names the accounts`]
      : []),
  ].join('\n');
}
