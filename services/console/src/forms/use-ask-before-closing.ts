import { useEffect } from 'react';
import { isLeaving } from '../api/session.js';

/**
 * Asks before the tab closes with typed text in it. Other pages of the console may be opened freely, since the draft is
 * kept.
 */
export function useAskBeforeClosing(isDirty: () => boolean): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (isDirty() && !isLeaving()) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  });
}
