import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';

/** The text of a filter's field while it is being typed. @param afterMs the delay after the last key until it is applied */
export function useTyped(asked: string, ask: (typed: string) => void, afterMs: number) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(asked);
  const askSoon = useDebouncedCallback(ask, afterMs);
  // The URL may change without a key: back, a link, "clear".
  useEffect(() => {
    if (document.activeElement !== input.current) setTyped(asked);
  }, [asked]);
  const type = (value: string) => {
    setTyped(value);
    askSoon(value);
  };
  return { input, typed, type };
}
