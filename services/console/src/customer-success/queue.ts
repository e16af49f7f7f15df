import type { ApplicationCheck, ApplicationView } from '@tenure/contracts';
import { applicationsQuery, type Page } from '../api/queries.js';
import type { QueueSearch } from './queue-search.js';
import { nowOf, waitingOf } from './waiting.js';

/** How many of the oldest applications the queue loads; the others follow as these are decided. */
export const queueLength = 200;

/** All pending applications, oldest first. */
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
 * In a sandbox, an application about an account whose clock is ahead was sent in the account's future, but reviewers
 * decide today. An id starts with the wall-clock time of its creation, whatever the account's clock says.
 */
export function inOrder<Row extends Pick<ApplicationView, 'applicationId'>>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => (a.applicationId < b.applicationId ? -1 : 1));
}

/** Overdue and failing applications are filtered in the browser, after their checks have loaded. */
export function filtersByChecks({ overdue, failing }: QueueSearch): boolean {
  return overdue !== undefined || failing !== undefined;
}

/** Whether an application matches the filters. @param check absent: not loaded yet */
export function matchesFilters(
  { submittedAt, status }: Pick<ApplicationView, 'submittedAt' | 'status'>,
  check: ApplicationCheck | undefined,
  { overdue, failing }: QueueSearch,
): boolean {
  if (overdue && !(check && waitingOf(submittedAt, check, nowOf(check)).mark)) return false;
  return !(failing && !(status === 'pending' && check?.preview?.approvable === false));
}
