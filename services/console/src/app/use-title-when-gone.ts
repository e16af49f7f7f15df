import { useEffect } from 'react';
import { focusTitle } from './focus-title.js';

/** What goes because others were quicker may have had the focus: the page's title has it then. */
export function useTitleWhenGone(): void {
  useEffect(
    () => () => {
      // A dialog gives the focus back first, to a button that goes with it.
      requestAnimationFrame(() => document.activeElement === document.body && focusTitle());
    },
    [],
  );
}
