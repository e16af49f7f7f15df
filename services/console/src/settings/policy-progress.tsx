import { Alert, Button, Group, Paper, Progress, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { PolicyChangeView } from '@tenure/contracts';
import { useEffect } from 'react';
import { continuePolicyChange, stopPolicyChange } from '../api/calls.js';
import { policyQuery } from '../api/queries.js';
import { announce } from '../app/announce.js';
import { failureWords } from '../app/failure-words.js';
import { useWords } from '../words/use-words.js';
import { useProgressWords } from './use-progress-words.js';

/** How far the newest reminders have been applied, while one looks on; it can be stopped and gone on with. */
export function PolicyProgress({ change }: { change: PolicyChangeView }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const { state, version, total, lookedAt, endedAt } = change;
  const isStopped = state === 'stopped';
  // Doing it twice is doing it once: no key is needed.
  const turn = useMutation({
    mutationFn: () => (isStopped ? continuePolicyChange(version) : stopPolicyChange(version)),
    onSettled: () => queries.invalidateQueries({ queryKey: policyQuery.queryKey }),
  });
  const words = useProgressWords()(change);
  const hasEnded = endedAt !== null;
  useEffect(() => {
    if (isStopped || hasEnded) announce(words);
    // Its figures are not said one by one.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [isStopped, hasEnded]);
  return (
    <Paper component="section" aria-label={t('reminders.progress')} withBorder p="md" mb="md">
      <Group justify="space-between" gap="sm">
        <Text size="sm">{words}</Text>
        {!hasEnded && (
          <Button
            variant="default"
            size="compact-sm"
            aria-disabled={turn.isPending || undefined}
            onClick={() => turn.isPending || turn.mutate()}
          >
            {isStopped ? t('reminders.continue') : t('reminders.stop')}
          </Button>
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
