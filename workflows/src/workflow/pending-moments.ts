import type { AnswerOf, inspectApplication } from '@tenure/contracts';
import { isDue } from './time.js';

type Instants = Pick<AnswerOf<typeof inspectApplication>, 'remindAt' | 'escalateAt' | 'lapsesAt'>;

/** What is due of an application that nobody decides (docs/rules.md: Application), in the order in which it comes. */
const moments = [
  { at: 'remindAt', kind: 'application_waiting', summary: 'Until the reviewers are reminded' },
  { at: 'escalateAt', kind: 'application_escalated', summary: 'Until the lead of the reviewers is told' },
  { at: 'lapsesAt', kind: 'lapse', summary: 'Until it lapses' },
] as const;

export interface PendingMoment {
  kind: (typeof moments)[number]['kind'];
  at: string;
  /** What operators read beside the timer. */
  summary: string;
  /** After an outage: a later one is due as well, so that this one is not told any more. */
  superseded: boolean;
}

/** The first one after those that are over; null when all are. */
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
