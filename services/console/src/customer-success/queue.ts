import type { ApplicationCheck, ApplicationView } from '@tenure/contracts';
import type { Page } from '../api/calls.js';
import { applicationsQuery } from '../api/queries.js';
import type { QueueSearch } from './queue-search.js';
import { nowOf, waitingOf } from './waiting.js';

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

/** What is overdue or fails is found out here, and not known before it was checked. */
export function isSifted({ overdue, failing }: QueueSearch): boolean {
  return overdue !== undefined || failing !== undefined;
}

/** Whether it is one of those that the queue was sifted for. @param check absent: not known yet */
export function isSought(
  { submittedAt, status }: Pick<ApplicationView, 'submittedAt' | 'status'>,
  check: ApplicationCheck | undefined,
  { overdue, failing }: QueueSearch,
): boolean {
  if (overdue && !(check && waitingOf(submittedAt, check, nowOf(check)).mark)) return false;
  return !(failing && !(status === 'pending' && check?.preview?.approvable === false));
}
