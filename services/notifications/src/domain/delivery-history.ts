import type { ReportKind } from '@tenure/contracts';
import type { DeliveryStatus } from './notice-end.js';

/** What is known of one e-mail of a delivery, from the provider. */
export interface Report {
  kind: ReportKind;
  at: Date;
  /** The provider's id of the e-mail: a delivery that was sent again has several. */
  providerId: string;
  words: string | null;
  /** Of a bounce: nothing will ever arrive at the address. */
  permanent: boolean;
}

/** Customer Success has found out that it arrived; whatever the provider says weighs more. */
export interface Confirmation {
  kind: 'confirmed';
  at: Date;
}

/** Where the reports leave a delivery. */
export interface Standing {
  status: Exclude<DeliveryStatus, 'planned' | 'skipped' | 'unknown'>;
  /** The provider's words. */
  reason: string | null;
  at: Date;
  /** The e-mail of which this holds. */
  providerId: string | null;
}

/**
 * What each report says of its e-mail, and how much that weighs: whatever comes first or last, the heaviest holds. An
 * e-mail that was taken in can still come back, and one that came back was not read; who complains has got it.
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

/** Of several e-mails of one delivery, that which has reached the recipient counts, else one that still may. */
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
 * What holds after these, in the order in which they became known; null after none. Of reports neither order nor
 * repetition matters.
 */
export function standingAfter(known: readonly (Report | Confirmation)[]): Standing | null {
  const reports = known.filter((event): event is Report => event.kind !== 'confirmed');
  const emails = Map.groupBy(reports, ({ providerId }) => providerId);
  const standings = [...[...emails.values()].map(standingOf), ...confirmedIn(known)];
  return standings.sort((a, b) => reach[b.status] - reach[a.status] || b.at.getTime() - a.at.getTime())[0] ?? null;
}

/** Confirmed is the e-mail of which nothing was known then, not one before that came back; what is told of it later weighs more. */
function confirmedIn(known: readonly (Report | Confirmation)[]): Standing[] {
  const index = known.findLastIndex(({ kind }) => kind === 'confirmed');
  if (index === -1) return [];
  const before = new Set(known.slice(0, index).map(emailOf));
  const isToldOf = known.slice(index + 1).some((event) => !before.has(emailOf(event)));
  return isToldOf ? [] : [{ status: 'delivered', reason: null, at: known[index]!.at, providerId: null }];
}

function emailOf(event: Report | Confirmation): string | null {
  return event.kind === 'confirmed' ? null : event.providerId;
}

/** Whether an e-mail that stands so has reached its recipient, or still may. */
export function mayArrive(status: Standing['status']): boolean {
  return reach[status] > 0;
}

/** The first of the heaviest reports decides: it was then that the state was reached. */
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
