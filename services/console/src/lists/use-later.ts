import { useEffect, useState } from 'react';

const AFTER_MS = 200;

/** True once the condition has lasted a while: fast answers show no sign of waiting. */
export function useLater(active: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!active) return setLate(false);
    const timer = setTimeout(() => setLate(true), AFTER_MS);
    return () => clearTimeout(timer);
  }, [active]);
  return active && late;
}
