import { Alert, EmptyState, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconInbox } from '@tabler/icons-react';
import { useEffect, type ReactNode } from 'react';
import { failureWords } from '../app/failure-words.js';
import { Refusal } from '../api/problem.js';
import { announce } from '../app/announce.js';
import { PassingButton } from '../app/passing-button.js';
import { useWords } from '../words/use-words.js';

/** An empty list: a sentence, and the next step. */
export function NothingHere({ title, text, action }: { title: string; text?: string; action?: ReactNode }) {
  return (
    <EmptyState title={title} description={text} icon={<IconInbox size={40} stroke={1.5} aria-hidden />} py="xl">
      {action && <EmptyState.Actions>{action}</EmptyState.Actions>}
    </EmptyState>
  );
}

/** Nothing matches the search and the filters; offers to clear them. */
export function NoMatches({ onClear }: { onClear: () => void }) {
  const { t } = useWords();
  return (
    <NothingHere
      title={t('zones.noMatches')}
      text={t('zones.noMatchesNext')}
      action={
        <PassingButton variant="default" onClick={onClear}>
          {t('zones.clearFilters')}
        </PassingButton>
      }
    />
  );
}

export interface CouldNotLoadProps {
  error: Error;
  onTryAgain: () => void;
  /** Names what failed, where it is only part of the page. */
  title?: string;
}

/** Loading failed: shown in its place, with *Try again*. */
export function CouldNotLoad({ error, onTryAgain, title }: CouldNotLoadProps) {
  const { t } = useWords();
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={title ?? t('failed.list')}>
      <Text size="sm">{failureWords(error, t)}</Text>
      {error instanceof Refusal && error.requestId && (
        <Text size="sm" c="dimmed">
          {t('failed.reference', { id: error.requestId })}
        </Text>
      )}
      <PassingButton mt="sm" variant="default" onClick={onTryAgain}>
        {t('action.tryAgain')}
      </PassingButton>
    </Alert>
  );
}

/** What could not be refetched stays in its place, and so this is not above it but in a line that is there anyway. */
export function NotRefetched({ error, onTryAgain, title }: CouldNotLoadProps) {
  const { t } = useWords();
  return (
    <Group gap="xs">
      <Text size="sm" role="alert">
        {title ?? failureWords(error, t)} ·
      </Text>
      <PassingButton size="compact-sm" variant="light" onClick={onTryAgain}>
        {t('action.tryAgain')}
      </PassingButton>
    </Group>
  );
}

/** "3 changes · Show": the rows do not move before the user clicks. */
export function ChangesToShow({ changes, onShow }: { changes: number; onShow: () => void }) {
  const { t, format } = useWords();
  const sentence = changes > 0 ? t('live.changes', { count: changes, shown: format.number(changes) }) : '';
  useEffect(() => {
    if (sentence) announce(sentence);
  }, [sentence]);
  if (!sentence) return null;
  return (
    <Group gap="xs">
      <Text size="sm">{sentence} ·</Text>
      <PassingButton size="compact-sm" variant="light" onClick={onShow}>
        {t('live.show')}
      </PassingButton>
    </Group>
  );
}
