import { useElementScrollRestoration } from '@tanstack/react-router';
import { useLayoutEffect, useState } from 'react';

/** Back on a page, one is where one was on it: the router goes there before what the page shows is there. */
export function useScrollBack(isShown: boolean): void {
  const left = useElementScrollRestoration({ getElement: () => window });
  const [place] = useState(left);
  useLayoutEffect(() => {
    if (isShown && place) window.scrollTo(place.scrollX, place.scrollY);
  }, [isShown, place]);
}
