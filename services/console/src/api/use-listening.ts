import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { onChange } from './live.js';

const atMostEveryMs = 1_000;

/**
 * Asks for the lists of this kind, or for what is counted of them, anew when something changes, at once and then at most once a second.
 * @param of which event; if left out, of any about an account or an application
 */
export function useListening(lists: 'accounts' | 'applications' | 'organizations' | 'organization', of?: string): void {
  const queries = useQueryClient();
  useEffect(() => {
    let timer: number | undefined;
    let again = false;
    const ask = () => {
      void queries.invalidateQueries({ queryKey: [lists] });
      again = false;
      timer = window.setTimeout(() => {
        timer = undefined;
        if (again) ask();
      }, atMostEveryMs);
    };
    const stop = onChange(({ kind, what }) => {
      if (of === undefined ? kind !== 'account' && kind !== 'application' : what !== of) return;
      // Of a change of policy comes one for each account: nothing that a list shows.
      if (what === 'licensing.subscription.replanned') return;
      if (timer === undefined) ask();
      else again = true;
    });
    return () => {
      stop();
      window.clearTimeout(timer);
    };
  }, [queries, lists, of]);
}
