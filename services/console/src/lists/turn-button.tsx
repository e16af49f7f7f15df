import { Button } from '@mantine/core';
import { useLayoutEffect, useRef, type ComponentProps } from 'react';
import { focusTitle } from '../app/focus-title.js';

/** Turns to another page. On the last one it goes, and so does the way back on the first: what had its focus then is the button beside it. */
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
