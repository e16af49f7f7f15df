import { useQueryClient } from '@tanstack/react-query';
import type { LiveChange } from '@tenure/contracts';
import { useEffect } from 'react';
import { onChange } from './live.js';
import { throttled } from './throttled.js';

type Lists = 'accounts' | 'applications' | 'organizations' | 'organization';

/**
 * Refetches the lists of this kind, and what is counted of them, when something changes: immediately, and then at most
 * once a second.
 * @param of the event to follow; if left out, all that these lists show
 */
export function useListening(lists: Lists, of?: string): void {
  const queries = useQueryClient();
  useEffect(() => {
    const refetch = throttled((queryKey) => void queries.invalidateQueries({ queryKey }));
    return onChange((change) => {
      if (of === undefined ? isShown(lists, change) : change.what === of) refetch([lists]);
    });
  }, [queries, lists, of]);
}

/** Devices change the use of some account all the time: whoever does not show it would never stop refetching. */
export function isShown(lists: Lists, { kind, what }: Pick<LiveChange, 'kind' | 'what'>): boolean {
  if (kind === 'application') return true;
  if (kind !== 'account' || lists === 'applications') return false;
  // A policy change sends one event for each account, and no list shows it.
  if (what === 'licensing.subscription.replanned') return false;
  return lists !== 'organizations' || what !== 'licensing.use.changed';
}
