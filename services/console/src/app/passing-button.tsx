import { Button } from '@mantine/core';
import { useLayoutEffect, useRef, type ComponentProps } from 'react';
import { focusTitleIfLost } from './focus-title.js';

/** A button that disappears with what it was for, such as *Try again*: if it has the focus, the title gets it. */
export function PassingButton(props: ComponentProps<typeof Button<'button'>>) {
  const ref = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const button = ref.current;
    return () => {
      if (document.activeElement === button) focusTitleIfLost();
    };
  }, []);
  return <Button ref={ref} {...props} />;
}
