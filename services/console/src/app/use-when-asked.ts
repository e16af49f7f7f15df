import { useEffect, useRef, type ComponentType, type RefObject } from 'react';
import { usePart } from './use-part.js';

/**
 * A menu that comes, with its code, when it is asked for: what it rests on is 9 KB of a first page, and fifty of them would
 * be most of what a page of accounts costs.
 * @returns the menu once it is here, and what the button has that stands in its place until then
 */
export function useWhenAsked<P>(load: () => Promise<ComponentType<P>>) {
  const { Part: Menu, ask } = usePart(load);
  const ahead = () => void load().catch(() => undefined);
  const button = {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onPointerEnter: ahead,
    onFocus: ahead,
    onClick: ask,
  } as const;
  return { Menu, button };
}

/** For the menu's own button, which takes the place of the one that was pressed: what was done to that one is done to it. */
export function useTakenPlace(): RefObject<HTMLButtonElement | null> {
  const own = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    own.current?.focus();
    own.current?.click();
  }, []);
  return own;
}
