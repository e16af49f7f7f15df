import type { Query } from '@tanstack/react-query';
import type { LiveChange } from '@tenure/contracts';
import type { AccountsQuery, Page } from './queries.js';

/**
 * Whether a list, or what is counted of it, may show a change. Devices change the use of some account all the time: who
 * does not show it would never stop refetching.
 */
export function isShown(
  { queryKey: [lists, part, asked], state: { data } }: Pick<Query, 'queryKey' | 'state'>,
  { kind, what, accountId }: Pick<LiveChange, 'kind' | 'what' | 'accountId'>,
): boolean {
  if (kind === 'application') return true;
  if (kind !== 'account' || lists === 'applications') return false;
  // A policy change sends one event for each account, and no list shows it.
  if (what === 'licensing.subscription.replanned') return false;
  if (part === 'names') return what === 'accounts.account.created';
  if (what !== 'licensing.use.changed') return true;
  // The page of an organization shows the sum of its accounts.
  if (lists === 'organizations') return part === 'one';
  // Any account may be the next one with the fewest datapoints left.
  if ((asked as AccountsQuery | undefined)?.sort === 'left') return true;
  return (
    (data as Partial<Page<{ accountId: string }>> | undefined)?.items?.some((row) => row.accountId === accountId) ??
    false
  );
}
