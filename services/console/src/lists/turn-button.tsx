import { Button } from '@mantine/core';
import { useLayoutEffect, useRef, type ComponentProps } from 'react';
import { focusTitle } from '../app/focus-title.js';

/**
 * Turns the page. "Next" disappears on the last page and "previous" on the first; the focus then moves to the button
 * beside it.
 */
export function TurnButton(props: ComponentProps<typeof Button<'button'>>) {
  const ref = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const button = ref.current;
    const pages = button?.closest('nav');
    return () => {
      if (document.activeElement === button) requestAnimationFrame(() => focusIn(pages));
    };
  }, []);
  return <Button ref={ref} variant="default" {...props} />;
}

function focusIn(pages: HTMLElement | null | undefined): void {
  const beside = pages?.isConnected ? [...pages.querySelectorAll('button')].at(-1) : undefined;
  if (beside) beside.focus();
  else focusTitle();
}
