import { Alert } from '@mantine/core';
import type { Refusal } from '../api/problem.js';
import { failureWords } from './failure-words.js';
import { useWords } from '../words/use-words.js';

interface NotDoneProps {
  send: { uncertain: boolean; refusal: Refusal | null };
  /** The refusal is shown elsewhere, such as at a field. */
  saidElsewhere?: boolean;
  /** Words for a refusal that are better than the general ones. */
  why?: (refusal: Refusal) => string;
}

/** Says in a dialog that what was sent may not have arrived, or why it was refused. */
export function NotDone({ send: { uncertain, refusal }, saidElsewhere = false, why }: NotDoneProps) {
  const { t } = useWords();
  return (
    <>
      {uncertain && (
        <Alert color="yellow" role="alert">
          {t('send.uncertain')}
        </Alert>
      )}
      {refusal && !saidElsewhere && (
        <Alert color="red" role="alert">
          {why ? why(refusal) : failureWords(refusal, t)}
        </Alert>
      )}
    </>
  );
}
