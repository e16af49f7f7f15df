import { Group } from '@mantine/core';
import { useWords } from '../words/use-words.js';
import { TurnButton } from './turn-button.js';

interface MorePagesProps {
  /** The cursors of the pages turned to, the current one last; empty on the first page. */
  cursors: readonly string[];
  next: string | null | undefined;
  onTurn: (cursors: string[]) => void;
}

/** Pagination for a list that is only part of a page. */
export function MorePages({ cursors, next, onTurn }: MorePagesProps) {
  const { t } = useWords();
  if (cursors.length === 0 && !next) return null;
  return (
    <Group component="nav" aria-label={t('list.pages')} gap="xs">
      {cursors.length > 0 && <TurnButton onClick={() => onTurn(cursors.slice(0, -1))}>{t('list.previous')}</TurnButton>}
      {next && <TurnButton onClick={() => onTurn([...cursors, next])}>{t('list.next')}</TurnButton>}
    </Group>
  );
}
