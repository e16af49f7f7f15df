import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { onChange } from './live.js';

const atMostEveryMs = 1_000;

/** Asks for the lists of this kind anew when something changes, at once and then at most once a second. */
export function useListening(lists: 'accounts' | 'applications'): void {
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
    const stop = onChange(({ kind }) => {
      if (kind === 'delivery' || kind === 'member') return;
      if (timer === undefined) ask();
      else again = true;
    });
    return () => {
      stop();
      window.clearTimeout(timer);
    };
  }, [queries, lists]);
}
