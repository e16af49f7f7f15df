import { startTransition, useEffect, useRef, useState, type ComponentType, type RefObject } from 'react';
import { useWords } from '../words/use-words.js';
import { announce } from './announce.js';
import { failureWords } from './failure-words.js';

/**
 * A menu that comes, with its code, when it is asked for: what it rests on is 9 KB of a first page, and fifty of them would
 * be most of what a page of accounts costs.
 * @returns the menu once it is here, and what the button has that stands in its place until then
 */
export function useWhenAsked<P>(load: () => Promise<ComponentType<P>>) {
  const { t } = useWords();
  const [Menu, setMenu] = useState<ComponentType<P>>();
  const ahead = () => void load().catch(() => undefined);
  const button = {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onPointerEnter: ahead,
    onFocus: ahead,
    onClick: () =>
      void load().then(
        (loaded) => startTransition(() => setMenu(() => loaded)),
        (error: unknown) => announce(failureWords(error, t)),
      ),
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
