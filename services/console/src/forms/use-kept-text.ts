import { useState } from 'react';
import { useSession } from '../api/use-session.js';
import { draftOf } from './draft.js';

/**
 * A single field whose text is kept in this tab until it is saved or discarded.
 * @param scope names the field; @param stored the saved value, shown while nothing is typed
 */
export function useKeptText(scope: string, stored: string) {
  const { memberId } = useSession().member;
  const draft = draftOf(`${memberId}.${scope}`, { text: stored }, sessionStorage);
  const [kept, setKept] = useState(() => draft.read()?.text);
  const [typed, setTyped] = useState(kept);
  const discard = () => {
    draft.discard();
    setTyped(undefined);
    setKept(undefined);
  };
  return {
    text: typed ?? stored,
    isTyped: typed !== undefined,
    /** It was typed before this page was opened. */
    restored: kept !== undefined,
    type: (text: string) => {
      draft.write({ text });
      setTyped(text);
    },
    discard,
    /** The text that was sent is saved; what was typed since stays. @returns whether nothing was */
    saved: (sent: string): boolean => {
      const isAll = (typed ?? stored).trim() === sent.trim();
      if (isAll) discard();
      return isAll;
    },
  };
}
