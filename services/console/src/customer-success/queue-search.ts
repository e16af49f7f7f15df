import { definedOnly, readChoice, readId, readSearchText } from '../app/address.js';
import { applicationTypes } from '../applications/types.js';

/** The search parameters of the queue. */
export type QueueSearch = ReturnType<typeof readQueueSearch>;

export function readQueueSearch(address: Record<string, unknown>) {
  return definedOnly({
    text: readSearchText(address.text),
    type: readChoice(address.type, applicationTypes),
    organization: readId(address.organization),
    /** Reviewers have already been reminded. */
    overdue: readChoice(address.overdue, ['yes']),
    /** A check fails today. */
    failing: readChoice(address.failing, ['yes']),
  });
}
