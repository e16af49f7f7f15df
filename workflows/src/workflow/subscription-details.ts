import type { MomentKind, Offset } from '@tenure/contracts';
import type { Timeline } from './due-moments.js';
import { now, readable } from './time.js';

/** What operators read about a sleeping subscription: what it waits for, since when and until when. */
export function sleeping(timeline: Timeline): string {
  const { next, term, renewalPending, validUntil } = timeline;
  const waitsFor = next
    ? `**Sleeping until ${readable(next.at)}** since ${readable(now())}. Then ${nameOf(next.kind)} is due.`
    : `**Waiting for the signal \`lookAgain\`** since ${readable(now())}: nothing more is planned.`;
  return [
    waitsFor,
    `${facts(timeline)}\n- If canceled: no notices are sent until something changes; the account expires all the same`,
    ...(renewalPending
      ? [
          `A renewal is pending. Until it is decided, term ${term.number} continues, until ${readable(validUntil)} at the latest.`,
        ]
      : []),
  ].join('\n\n');
}

/** What operators read while a notice that is due is being requested. */
export function requesting(kind: MomentKind): string {
  return `**Requesting ${nameOf(kind)}** from notifications since ${readable(now())}.`;
}

export function ended(timeline: Timeline): string {
  return [
    `**Ended** at ${readable(now())}: the account has expired, and nothing more is due. A renewal starts this workflow again.`,
    facts(timeline),
  ].join('\n\n');
}

/** After an operator canceled the workflow. @param timeline null if licensing has not answered */
export function cancelled(timeline: Timeline | null): string {
  return [
    `**Canceled** at ${readable(now())}: no notices are sent until something changes, or \`npm run restore\` starts this workflow again. The account expires all the same.`,
    ...(timeline ? [facts(timeline)] : []),
  ].join('\n\n');
}

export function nameOf(kind: MomentKind): string {
  return kind === 'expired' ? 'the notice that the account has expired' : reminderNamed(kind);
}

function reminderNamed(offset: Offset): string {
  const lengths = [...offset.matchAll(/(\d+)([YMWD])/g)].filter(([, length]) => Number(length) > 0);
  if (lengths.length === 0) return 'the final notice on the last day';
  return `the reminder ${lengths.map(([, length, unit]) => `${length} ${unitOf(unit!, length!)}`).join(' and ')} before the last day`;
}

const units: Record<string, string> = { Y: 'year', M: 'month', W: 'week', D: 'day' };

function unitOf(letter: string, length: string): string {
  return `${units[letter]}${length === '1' ? '' : 's'}`;
}

function facts({ term, facts, validUntil }: Timeline): string {
  return [
    `- Term ${term.number}: ${term.firstDay} to ${term.expiresOn}`,
    `- Works until: ${readable(validUntil)}`,
    `- License: ${facts.license}, ${facts.contracted} datapoints`,
  ].join('\n');
}
