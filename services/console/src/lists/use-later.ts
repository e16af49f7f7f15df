import { useEffect, useState } from 'react';

/** True once it has been so for a while: what is quick shows no sign of waiting. */
export function useLater(active: boolean, afterMs = 200): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!active) return setLate(false);
    const timer = setTimeout(() => setLate(true), afterMs);
    return () => clearTimeout(timer);
  }, [active, afterMs]);
  return active && late;
}
