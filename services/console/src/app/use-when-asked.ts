import { useEffect, useRef, type ComponentType, type RefObject } from 'react';
import { usePart } from './use-part.js';

/**
 * A menu whose code loads on demand: its dependencies are 9 KB of a first page, and fifty of them would be most of the
 * cost of a page of accounts.
 * @returns the menu once it has loaded, and the props of the placeholder button until then
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

/**
 * For the menu's own button, which replaces the placeholder that was pressed: it takes over the focus and the click.
 */
export function useTakenPlace(): RefObject<HTMLButtonElement | null> {
  const own = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    own.current?.focus();
    own.current?.click();
  }, []);
  return own;
}
