import type { ApplicationView } from '@tenure/contracts';
import type { Page } from '../api/calls.js';
import { applicationsQuery } from '../api/queries.js';
import type { QueueSearch } from './queue-search.js';

/** So many of the oldest are in the queue; those behind them come up when these are decided. */
export const queueLength = 200;

/** All that waits for a decision, oldest first. */
export function queueQuery({ text, type, organization }: Pick<QueueSearch, 'text' | 'type' | 'organization'>) {
  return {
    ...applicationsQuery({ status: 'pending', text, type, organizationId: organization, limit: queueLength }),
    select: oldestFirst,
  };
}

function oldestFirst(page: Page<ApplicationView>): Page<ApplicationView> {
  return { ...page, items: inOrder(page.items) };
}

/**
 * In a sandbox an application about an account whose clock is ahead was sent in the account's future. Whoever decides
 * lives today: an id begins with the moment at which it was made, whatever the account's clock said.
 */
export function inOrder<Row extends Pick<ApplicationView, 'applicationId'>>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => (a.applicationId < b.applicationId ? -1 : 1));
}
