import { useLayoutEffect, type RefObject } from 'react';
import { focusTitle } from './focus-title.js';

/** The title that took the place of a field in which somebody was typing. */
let title: Element | null = null;

/** Whether what is typed may be meant for a field that has gone: until the focus is moved, it must not do anything. */
export function isTypedOn(): boolean {
  return title !== null && document.activeElement === title;
}

/** Somebody else's change may remove the field while this person types in it: what is typed on goes to the title. */
export function useTypedOn(field: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const typed = field.current;
    return () => {
      if (document.activeElement !== typed) return;
      focusTitle();
      title = document.activeElement;
    };
  }, [field]);
}
