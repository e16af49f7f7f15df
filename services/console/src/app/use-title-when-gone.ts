import { useEffect } from 'react';
import { focusTitleIfLost } from './focus-title.js';

/** Somebody else's change may remove the element that has the focus: the page's title then gets it. */
export function useTitleWhenGone(): void {
  useEffect(
    // A dialog first returns the focus to a button that is removed with it.
    () => focusTitleIfLost,
    [],
  );
}
