import type { Timeline } from './due-moments.js';
import { now, readable } from './time.js';

/** What operators read about a subscription that sleeps: for what, since when, until when. */
export function sleeping(timeline: Timeline): string {
  const { next, term, renewalPending, validUntil } = timeline;
  const waitsFor = next
    ? `**Sleeps until ${readable(next.at)}**, since ${readable(now())}. Then ${nameOf(next.kind)} is due.`
    : `**Waits to be told to look again**, since ${readable(now())}: nothing more is planned.`;
  return [
    waitsFor,
    facts(timeline),
    ...(renewalPending
      ? [`A renewal is pending: while it is, term ${term.number} goes on until ${readable(validUntil)}.`]
      : []),
  ].join('\n\n');
}

/** What operators read while something is due. */
export function telling(kind: string): string {
  return `**Has ${nameOf(kind)} made** by notifications, since ${readable(now())}.`;
}

export function ended(timeline: Timeline): string {
  return [
    `**Ended** at ${readable(now())}: the account has expired, and nothing more is due. A renewal starts it again.`,
    facts(timeline),
  ].join('\n\n');
}

/** An operator ended it before its time. */
export function cancelled(timeline: Timeline): string {
  return [
    `**Cancelled** at ${readable(now())}: nobody is told of what is due, until something changes and it is told to look again. The account expires all the same.`,
    facts(timeline),
  ].join('\n\n');
}

export function nameOf(kind: string): string {
  if (kind === 'expired') return 'the notice that the account has expired';
  const lengths = [...kind.matchAll(/(\d+)([YMWD])/g)].filter(([, length]) => Number(length) > 0);
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
