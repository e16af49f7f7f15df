import type { MomentView, TimelineMomentView } from '@tenure/contracts';

/** A moment as the timeline draws it: from the account's record, or from the preview of an application. */
export interface TermMoment extends Pick<MomentView, 'key' | 'kind' | 'at' | 'reason'> {
  status: TimelineMomentView['status'];
  sentAt?: string | null;
  deliveries?: readonly Pick<TimelineMomentView['deliveries'][number], 'email' | 'status' | 'contentsRemovedAt'>[];
  /** A renewal would drop it: shown crossed out. */
  dropped?: boolean;
}

export type TimelineMark = { kind: 'today'; at: string } | { kind: 'moment'; at: string; moment: TermMoment };

/**
 * The moments of a term, earliest first, with today among them unless the term is over. A moment at exactly this
 * instant comes before today.
 */
export function timelineMarks(moments: readonly TermMoment[], now?: string): TimelineMark[] {
  const marks: TimelineMark[] = moments.map((moment) => ({ kind: 'moment', at: moment.at, moment }));
  const today: TimelineMark[] = now === undefined ? [] : [{ kind: 'today', at: now }];
  return [...marks, ...today].sort(
    (a, b) => a.at.localeCompare(b.at) || Number(a.kind === 'today') - Number(b.kind === 'today'),
  );
}

/**
 * Deliveries of a moment that have not arrived, or may not have. Without them, a reader would take everybody for
 * notified.
 */
export function troubledDeliveries({ deliveries = [] }: TermMoment): NonNullable<TermMoment['deliveries']> {
  return deliveries.filter(({ status }) => !untroubled.has(status));
}

/** How many of them the timeline names; the list of e-mails has them all. */
const mostNamed = 3;

/** How many deliveries have each state, where there are too many to name. */
export function countedByStatus<Status extends string>(
  troubled: readonly { status: Status }[],
): { status: Status; count: number }[] {
  if (troubled.length <= mostNamed) return [];
  return [...Map.groupBy(troubled, ({ status }) => status)].map(([status, { length: count }]) => ({ status, count }));
}

const untroubled: ReadonlySet<string> = new Set(['planned', 'sent', 'delivered', 'skipped']);

/** ● sent ○ planned ⊘ skipped – not applicable ✕ failed: the sign beside the word. */
export const momentSigns: Record<TermMoment['status'], string> = {
  sent: '●',
  planned: '○',
  skipped: '⊘',
  not_applicable: '–',
  failed: '✕',
};
