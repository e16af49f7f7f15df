import type { ApplicationStatus } from '@tenure/contracts';
import { now, readable } from './time.js';

interface Instants {
  submittedAt: string;
  remindAt: string;
  escalateAt: string;
  lapsesAt: string;
}
/** How many of the instants have passed, and the signaled decisions that accounts does not know. */
interface Progress {
  momentsOver: number;
  unknown: string[];
}

/** What operators read about a pending application: what it waits for, since when and until when. Ids only. */
export function waitingForDecision(
  { submittedAt, remindAt, escalateAt, lapsesAt }: Instants,
  { momentsOver, unknown }: Progress,
): string {
  return [
    `**Waiting for a decision by Customer Success** since ${readable(submittedAt)}, until ${readable(lapsesAt)}.`,
    [
      `- ${readable(remindAt)}: the reviewers ${momentsOver > 0 ? 'were' : 'are'} reminded`,
      `- ${readable(escalateAt)}: their lead ${momentsOver > 1 ? 'was' : 'is'} notified`,
      `- ${readable(lapsesAt)}: the application ${momentsOver > 2 ? 'did not lapse' : 'lapses'}`,
    ].join('\n'),
    ...noteOf(unknown),
  ].join('\n\n');
}

export function settling(decisionId: string): string {
  return `**Settling decision \`${decisionId}\`** since ${readable(now())}.`;
}

export function provisioning(type: string): string {
  return `**Provisioning what was approved** (\`${type}\`) since ${readable(now())}.`;
}

export function undoing(code: string): string {
  return `**Undoing the provisioning** since ${readable(now())} because of \`${code}\`.`;
}

export function ended(status: ApplicationStatus, unknown: string[]): string {
  return [`**Ended as ${status}** at ${readable(now())}.`, ...noteOf(unknown)].join('\n\n');
}

export function stoppedWaiting({ lapsesAt }: Instants): string {
  return [
    `**Canceled** at ${readable(now())} while the application was pending. It stays pending: nobody is reminded, and it does not lapse at ${readable(lapsesAt)}.`,
    'The next decision or withdrawal starts this workflow again. So does `npm run restore`.',
  ].join('\n\n');
}

function noteOf(unknown: string[]): string[] {
  if (unknown.length === 0) return [];
  return [
    `Signaled but unknown to accounts, and therefore without effect: ${unknown.map((id) => `\`${id}\``).join(', ')}`,
  ];
}
