import { useQueryClient, type Query, type QueryKey } from '@tanstack/react-query';
import type { LiveChange } from '@tenure/contracts';
import { useEffect } from 'react';
import { onChange } from './live.js';
import type { AccountsQuery, Page } from './queries.js';
import { throttled } from './throttled.js';

/** Devices may change the use of accounts all the time, while what people do is shown within a second. */
const longestRestForUseMs = 4_000;

/**
 * Refetches the lists of this kind, and what is counted of them, when something changes.
 * @param of the event to follow; if left out, all that a list shows
 */
export function useListening(lists: 'accounts' | 'applications' | 'organizations', of?: string): void {
  const queries = useQueryClient();
  useEffect(() => {
    const refetch = (queryKey: QueryKey) => void queries.invalidateQueries({ queryKey, exact: true });
    const refetchInTurn = throttled(refetch);
    const refetchForUse = throttled(refetch, longestRestForUseMs);
    return onChange((change) => {
      const refetchFor = change.what === 'licensing.use.changed' ? refetchForUse : refetchInTurn;
      for (const query of queries.getQueryCache().findAll({ queryKey: [lists] }))
        if (of === undefined ? isShown(query, change) : change.what === of) refetchFor(query.queryKey);
    });
  }, [queries, lists, of]);
}

/** Devices change the use of some account all the time: whoever does not show it would never stop refetching. */
export function isShown(
  { queryKey: [lists, part, asked], state: { data } }: Pick<Query, 'queryKey' | 'state'>,
  { kind, what, accountId }: Pick<LiveChange, 'kind' | 'what' | 'accountId'>,
): boolean {
  if (kind === 'application') return true;
  if (kind !== 'account' || lists === 'applications') return false;
  // A policy change sends one event for each account, and no list shows it.
  if (what === 'licensing.subscription.replanned') return false;
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
