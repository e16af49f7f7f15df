import { definedOnly, readChoice, readId, readSearchText } from '../app/address.js';
import { applicationTypes, type ApplicationType } from '../applications/types.js';

/** The search parameters of the queue. */
export interface QueueSearch {
  text?: string;
  type?: ApplicationType;
  organization?: string;
  /** Reviewers have already been reminded. */
  overdue?: 'yes';
  /** A check fails today. */
  failing?: 'yes';
}

export function readQueueSearch(address: Record<string, unknown>): QueueSearch {
  return definedOnly({
    text: readSearchText(address.text),
    type: readChoice(address.type, applicationTypes),
    organization: readId(address.organization),
    overdue: readChoice(address.overdue, ['yes'] as const),
    failing: readChoice(address.failing, ['yes'] as const),
  });
}
