import { Alert, Group, Paper, Progress, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { PolicyChangeView } from '@tenure/contracts';
import { useEffect, type Ref } from 'react';
import { continuePolicyChange, stopPolicyChange } from '../api/calls.js';
import { policyQuery } from '../api/queries.js';
import { announce } from '../app/announce.js';
import { failureWords } from '../app/failure-words.js';
import { PassingButton } from '../app/passing-button.js';
import { useWords } from '../words/use-words.js';
import { useProgressWords } from './use-progress-words.js';

/** The live progress of applying the newest reminders, which can be stopped and continued. */
export function PolicyProgress({ ref, change }: { ref: Ref<HTMLDivElement>; change: PolicyChangeView }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const { state, version, total, lookedAt, endedAt } = change;
  const isStopped = state === 'stopped';
  // Idempotent: no key is needed.
  const turn = useMutation({
    mutationFn: () => (isStopped ? continuePolicyChange(version) : stopPolicyChange(version)),
    onSettled: () => queries.invalidateQueries({ queryKey: policyQuery.queryKey }),
  });
  const words = useProgressWords()(change);
  const hasEnded = endedAt !== null;
  useEffect(() => {
    if (isStopped || hasEnded) announce(words);
    // The changing figures are not announced.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [isStopped, hasEnded]);
  return (
    <Paper ref={ref} component="section" aria-label={t('reminders.progress')} withBorder p="md" w="100%">
      <Group justify="space-between" gap="sm">
        <Text size="sm">{words}</Text>
        {!hasEnded && (
          <PassingButton
            variant="default"
            size="compact-sm"
            aria-disabled={turn.isPending || undefined}
            onClick={() => turn.isPending || turn.mutate()}
          >
            {isStopped ? t('reminders.continue') : t('reminders.stop')}
          </PassingButton>
        )}
      </Group>
      {!hasEnded && <Progress value={total === 0 ? 0 : (100 * lookedAt) / total} size="sm" mt="xs" aria-hidden />}
      {turn.isError && (
        <Alert color="red" role="alert" mt="xs">
          {failureWords(turn.error, t)}
        </Alert>
      )}
    </Paper>
  );
}
