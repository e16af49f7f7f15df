import { useEffect } from 'react';
import { isLeaving } from '../api/session.js';

/** Asks before the tab is closed while something is typed. Other pages of the console may be opened freely: a draft is kept. */
export function useAskBeforeClosing(isDirty: () => boolean): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (isDirty() && !isLeaving()) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  });
}
