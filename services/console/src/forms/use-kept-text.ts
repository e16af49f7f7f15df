import { useDraft } from './use-draft.js';

/**
 * A single field whose text is kept in this tab until it is saved or discarded.
 * @param scope names the field; @param stored the saved value, shown while nothing is typed
 */
export function useKeptText(scope: string, stored: string) {
  const { values, isTyped, restored, change, discard } = useDraft(scope, { text: stored });
  const { text } = values;
  return {
    text,
    isTyped,
    restored,
    type: (typed: string) => change({ text: typed }),
    discard,
    /** The text that was sent is saved; what was typed since stays. @returns whether nothing was */
    saved: (sent: string): boolean => {
      const isAll = text.trim() === sent.trim();
      if (isAll) discard();
      return isAll;
    },
  };
}
