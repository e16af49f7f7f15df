import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { onChange } from './live.js';
import { throttled } from './throttled.js';

/**
 * Refetches the lists of this kind, and what is counted of them, when something changes: immediately, and then at most
 * once a second.
 * @param of the event to follow; if left out, all events about an application and, unless applications are listed, about
 *   an account: devices change the use of some account all the time, and no list of applications shows it
 */
export function useListening(lists: 'accounts' | 'applications' | 'organizations' | 'organization', of?: string): void {
  const queries = useQueryClient();
  useEffect(() => {
    const refetch = throttled((queryKey) => void queries.invalidateQueries({ queryKey }));
    return onChange(({ kind, what }) => {
      const isShown = kind === 'application' || (kind === 'account' && lists !== 'applications');
      if (of === undefined ? !isShown : what !== of) return;
      // A policy change sends one event for each account, and no list shows it.
      if (what !== 'licensing.subscription.replanned') refetch([lists]);
    });
  }, [queries, lists, of]);
}
