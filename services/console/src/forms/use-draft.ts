import { useState } from 'react';
import { useSession } from '../api/use-session.js';
import { draftOf } from './draft.js';

/**
 * What is typed in a form, kept in this tab until it is saved or discarded.
 * @param scope names the form; @param initial what it holds while nothing is typed
 */
export function useDraft<V extends object>(scope: string, initial: V) {
  const { memberId } = useSession().member;
  const stored = draftOf(`${memberId}.${scope}`, initial, sessionStorage);
  const [kept, setKept] = useState(() => stored.read());
  const [typed, setTyped] = useState(kept);
  return {
    values: typed ?? initial,
    isTyped: typed !== undefined,
    /** It was typed before this page was opened. */
    restored: kept !== undefined,
    /** Without what the page shows: that stays until it is left. */
    stored,
    change: (values: V) => {
      stored.write(values);
      setTyped(values);
    },
    /** The page shows the initial values again. */
    discard: () => {
      stored.discard();
      setTyped(undefined);
      setKept(undefined);
    },
  };
}
