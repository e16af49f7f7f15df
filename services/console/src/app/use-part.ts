import { startTransition, useState, type ComponentType } from 'react';
import { useWords } from '../words/use-words.js';
import { announceFailure } from './announce.js';
import { failureWords } from './failure-words.js';
import { reloadsIfAnswered } from './replaced.js';

/** A part of a page whose code loads on demand. @returns it once it has loaded, and a function that loads it */
export function usePart<P>(load: () => Promise<ComponentType<P>>) {
  const { t } = useWords();
  const [Part, setPart] = useState<ComponentType<P>>();
  const ask = () =>
    void load().then(
      (loaded) => startTransition(() => setPart(() => loaded)),
      async (error: unknown) => {
        if (!(await reloadsIfAnswered())) announceFailure(failureWords(error, t));
      },
    );
  return { Part, ask };
}
