import type { ReportKind } from '@tenure/contracts';
import type { DeliveryStatus } from './notice-end.js';

/** What the provider has reported about one e-mail of a delivery. */
export interface Report {
  kind: ReportKind;
  at: Date;
  /** The provider's id of the e-mail: a delivery that was sent again has several. */
  providerId: string;
  words: string | null;
  /** For a bounce: nothing will ever arrive at the address. */
  permanent: boolean;
}

/** Customer Success has found out that it arrived; any report of the provider outweighs this. */
export interface Confirmation {
  kind: 'confirmed';
  at: Date;
}

/** The state of a delivery that follows from its reports. */
export interface Standing {
  status: Exclude<DeliveryStatus, 'planned' | 'skipped' | 'unknown'>;
  /** The provider's words. */
  reason: string | null;
  at: Date;
  /** The e-mail that this state is about. */
  providerId: string | null;
}

/**
 * The status that each report gives its e-mail, and its weight: whatever the order, the heaviest report wins. An e-mail
 * that was delivered can still bounce, and one that bounced was not read; a reader who complains has received it.
 */
const meaning: Record<ReportKind, { status: Standing['status']; weight: number }> = {
  sent: { status: 'sent', weight: 0 },
  delayed: { status: 'delayed', weight: 1 },
  failed: { status: 'failed', weight: 2 },
  suppressed: { status: 'suppressed', weight: 3 },
  delivered: { status: 'delivered', weight: 4 },
  opened: { status: 'delivered', weight: 4 },
  clicked: { status: 'delivered', weight: 4 },
  bounced: { status: 'bounced', weight: 5 },
  complained: { status: 'complained', weight: 6 },
};

/** Among several e-mails of one delivery, one that has reached the recipient counts, or else one that still may. */
const reach: Record<Standing['status'], number> = {
  failed: 0,
  suppressed: 0,
  bounced: 0,
  sent: 1,
  delayed: 1,
  delivered: 2,
  complained: 2,
};

/**
 * The state that follows from these events, which are in the order in which they became known; null if there are none.
 * For reports, neither order nor repetition matters.
 */
export function standingAfter(known: readonly (Report | Confirmation)[]): Standing | null {
  const reports = known.filter((event): event is Report => event.kind !== 'confirmed');
  const emails = Map.groupBy(reports, ({ providerId }) => providerId);
  const standings = [...[...emails.values()].map(standingOf), ...confirmedIn(known)];
  return standings.sort((a, b) => reach[b.status] - reach[a.status] || b.at.getTime() - a.at.getTime())[0] ?? null;
}

/**
 * A confirmation is about the e-mail whose outcome was unknown then, not about an earlier one that bounced; a later
 * report about it outweighs the confirmation.
 */
function confirmedIn(known: readonly (Report | Confirmation)[]): Standing[] {
  const index = known.findLastIndex(({ kind }) => kind === 'confirmed');
  if (index === -1) return [];
  const before = new Set(known.slice(0, index).map(emailOf));
  const isReported = known.slice(index + 1).some((event) => !before.has(emailOf(event)));
  return isReported ? [] : [{ status: 'delivered', reason: null, at: known[index]!.at, providerId: null }];
}

function emailOf(event: Report | Confirmation): string | null {
  return event.kind === 'confirmed' ? null : event.providerId;
}

/** Whether an e-mail in this state has reached its recipient, or still may. */
export function mayArrive(status: Standing['status']): boolean {
  return reach[status] > 0;
}

/** The first of the heaviest reports decides: that is when the state was reached. */
function standingOf(reports: readonly Report[]): Standing {
  const [decisive] = reports.toSorted(
    (a, b) =>
      meaning[b.kind].weight - meaning[a.kind].weight ||
      a.at.getTime() - b.at.getTime() ||
      (a.words ?? '').localeCompare(b.words ?? ''),
  );
  const { kind, at, words, providerId } = decisive!;
  return { status: meaning[kind].status, reason: words, at, providerId };
}
