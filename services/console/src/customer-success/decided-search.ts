import { definedOnly, readChoice, readDay, readId, readSearchText, readText } from '../app/address.js';
import { applicationTypes, type ApplicationType } from '../applications/types.js';
import { readQueueSearch, type QueueSearch } from './queue-search.js';

/** The states of an application that is no longer pending, in the order in which they are offered. */
export const decidedStates = ['fulfilled', 'rejected', 'failed', 'withdrawn', 'lapsed', 'approved'] as const;

/** The search parameters of the list of decided applications. */
export interface DecidedSearch {
  text?: string;
  type?: ApplicationType;
  organization?: string;
  state?: (typeof decidedStates)[number];
  /** The member who approved or rejected it. */
  by?: string;
  /** The first and the last day on which it was decided. */
  from?: string;
  to?: string;
  cursor?: string;
}

export function readDecidedSearch(address: Record<string, unknown>): DecidedSearch {
  return definedOnly({
    text: readSearchText(address.text),
    type: readChoice(address.type, applicationTypes),
    organization: readId(address.organization),
    state: readChoice(address.state, decidedStates),
    by: readId(address.by),
    from: readDay(address.from),
    to: readDay(address.to),
    cursor: readText(address.cursor),
  });
}

/** The search parameters of an application: the list that the reader came from, and its filters. */
export interface ReviewSearch extends QueueSearch, DecidedSearch {
  /** Absent: the queue. */
  which?: 'decided';
}

export function readReviewSearch(address: Record<string, unknown>): ReviewSearch {
  return {
    ...readQueueSearch(address),
    ...readDecidedSearch(address),
    ...definedOnly<ReviewSearch>({ which: readChoice(address.which, ['decided'] as const) }),
  };
}
