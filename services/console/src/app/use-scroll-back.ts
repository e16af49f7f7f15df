import { useElementScrollRestoration } from '@tanstack/react-router';
import { useLayoutEffect, useState } from 'react';

/**
 * Restores the scroll position when the user returns to a page: the router does so before the page's content has
 * rendered.
 */
export function useScrollBack(isShown: boolean): void {
  const left = useElementScrollRestoration({ getElement: () => window });
  const [place] = useState(left);
  useLayoutEffect(() => {
    if (isShown && place) window.scrollTo(place.scrollX, place.scrollY);
  }, [isShown, place]);
}
