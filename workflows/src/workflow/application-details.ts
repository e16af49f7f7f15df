import type { ApplicationStatus } from '@tenure/contracts';
import { now, readable } from './time.js';

interface Instants {
  submittedAt: string;
  remindAt: string;
  escalateAt: string;
  lapsesAt: string;
}
/** How many of the instants are over, and the signalled decisions that accounts does not know. */
interface Progress {
  met: number;
  unknown: string[];
}

/** What operators read about a pending application: what it waits for, since when, until when. Ids only. */
export function waitingForDecision(
  { submittedAt, remindAt, escalateAt, lapsesAt }: Instants,
  { met, unknown }: Progress,
): string {
  return [
    `**Waits for the decision of Customer Success**, since ${readable(submittedAt)}, until ${readable(lapsesAt)}.`,
    [
      `- ${readable(remindAt)}: reviewers ${met > 0 ? 'were' : 'are'} reminded`,
      `- ${readable(escalateAt)}: their lead ${met > 1 ? 'was' : 'is'} told`,
      `- ${readable(lapsesAt)}: it ${met > 2 ? 'did not lapse' : 'lapses'}`,
    ].join('\n'),
    ...noteOf(unknown),
  ].join('\n\n');
}

export function settling(decisionId: string): string {
  return `**Has decision \`${decisionId}\` settled**, since ${readable(now())}.`;
}

export function provisioning(type: string): string {
  return `**Provisions what was approved** (\`${type}\`), since ${readable(now())}.`;
}

export function undoing(code: string): string {
  return `**Undoes what was provisioned**, since ${readable(now())}, because of \`${code}\`.`;
}

/** Nothing to wait for any more. */
export function ended(status: ApplicationStatus, unknown: string[]): string {
  return [`**Ended as ${status}** at ${readable(now())}.`, ...noteOf(unknown)].join('\n\n');
}

export function stoppedWaiting({ lapsesAt }: Instants): string {
  return [
    `**Cancelled** at ${readable(now())} while the application is pending. It stays pending: nobody is reminded, and it does not lapse at ${readable(lapsesAt)}.`,
    'The next decision or withdrawal starts this workflow again, and so does the signal `lookAgain` with a start.',
  ].join('\n\n');
}

function noteOf(unknown: string[]): string[] {
  if (unknown.length === 0) return [];
  return [
    `Signalled, but not known to accounts, and so without effect: ${unknown.map((id) => `\`${id}\``).join(', ')}`,
  ];
}
