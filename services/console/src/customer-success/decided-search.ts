import { definedOnly, readChoice, readDay, readId, readSearchText, readText } from '../app/address.js';
import { applicationTypes } from '../applications/types.js';
import { readQueueSearch } from './queue-search.js';

/** The states of an application that is no longer pending, in the order in which they are offered. */
export const decidedStates = ['fulfilled', 'rejected', 'failed', 'withdrawn', 'lapsed', 'approved'] as const;

/** The search parameters of the list of decided applications. */
export type DecidedSearch = ReturnType<typeof readDecidedSearch>;

export function readDecidedSearch(address: Record<string, unknown>) {
  return definedOnly({
    text: readSearchText(address.text),
    type: readChoice(address.type, applicationTypes),
    organization: readId(address.organization),
    state: readChoice(address.state, decidedStates),
    /** The member who approved or rejected it. */
    by: readId(address.by),
    /** The first and the last day on which it was decided. */
    from: readDay(address.from),
    to: readDay(address.to),
    cursor: readText(address.cursor),
  });
}

/** The search parameters of an application: the list that the reader came from, and its filters. */
export type ReviewSearch = ReturnType<typeof readReviewSearch>;

export function readReviewSearch(address: Record<string, unknown>) {
  return {
    ...readQueueSearch(address),
    ...readDecidedSearch(address),
    /** Absent: the queue. */
    ...definedOnly({ which: readChoice(address.which, ['decided']) }),
  };
}
