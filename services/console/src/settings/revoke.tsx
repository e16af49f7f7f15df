import { Alert } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { revokeCalendars } from '../api/calls.js';
import { keepAnswer } from '../api/keep-answer.js';
import { calendarsQuery } from '../api/queries.js';
import { announce } from '../app/announce.js';
import { failureWords } from '../app/failure-words.js';
import { PassingButton } from '../app/passing-button.js';
import { useWords } from '../words/use-words.js';

interface RevokeProps {
  which: 'feed' | 'in_reminders';
  words: string;
  onRevoked?: () => void;
}

/** Idempotent, and a revoked address can be created again: no confirmation. */
export function Revoke({ which, words, onRevoked }: RevokeProps) {
  const { t } = useWords();
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => revokeCalendars(which),
    onSuccess: (addresses) => {
      keepAnswer(queries, calendarsQuery.queryKey, addresses);
      announce(t('calendar.revoked'));
      onRevoked?.();
    },
  });
  return (
    <>
      <PassingButton
        variant="default"
        aria-disabled={revoke.isPending || undefined}
        onClick={() => revoke.isPending || revoke.mutate()}
      >
        {words}
      </PassingButton>
      {revoke.isError && (
        <Alert color="red" role="alert">
          {failureWords(revoke.error, t)}
        </Alert>
      )}
    </>
  );
}
