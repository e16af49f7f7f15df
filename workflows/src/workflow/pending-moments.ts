import type { AnswerOf, inspectApplication } from '@tenure/contracts';
import { isDue } from './time.js';

type Instants = Pick<AnswerOf<typeof inspectApplication>, 'remindAt' | 'escalateAt' | 'lapsesAt'>;

/** What comes due while nobody decides an application (docs/rules.md: Application), in chronological order. */
const moments = [
  { at: 'remindAt', kind: 'application_waiting', summary: 'Until the reviewers are reminded' },
  { at: 'escalateAt', kind: 'application_escalated', summary: 'Until the lead of the reviewers is notified' },
  { at: 'lapsesAt', kind: 'lapse', summary: 'Until the application lapses' },
] as const;

export interface PendingMoment {
  kind: (typeof moments)[number]['kind'];
  at: string;
  /** The timer's summary for operators. */
  summary: string;
  /** After an outage: a later moment is already due as well, so the notice of this one is skipped. */
  superseded: boolean;
}

/** The first moment after those that are over; null when all are over. */
export function nextMoment(instants: Instants, over: number): PendingMoment | null {
  const [next, following] = moments.slice(over);
  if (!next) return null;
  return {
    kind: next.kind,
    at: instants[next.at],
    summary: next.summary,
    superseded: following !== undefined && isDue(instants[following.at]),
  };
}
