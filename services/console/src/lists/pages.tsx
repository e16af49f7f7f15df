import { Group } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconChevronsLeft } from '@tabler/icons-react';
import { useLocation, useSearch } from '@tanstack/react-router';
import { useDeferredValue } from 'react';
import { useWords } from '../words/use-words.js';
import { TurnButton } from './turn-button.js';

interface PagesProps {
  /** The cursor of the current page; absent: the first. */
  cursor: string | undefined;
  next: string | null | undefined;
  onTurn: (cursor: string | undefined) => void;
}

/**
 * Pagination by key knows only the next page; the previous one is where the user came from. This tab remembers it
 * across a reload, or a visit to a row.
 */
export function Pages({ cursor, next: answered, onTurn }: PagesProps) {
  const { t } = useWords();
  // Rendered with the rows above, which are deferred.
  const next = useDeferredValue(answered);
  const path = useLocation({ select: ({ pathname }) => pathname });
  const { cursor: _, ...question } = useSearch({ strict: false }) as Record<string, unknown>;
  if (!cursor && !next) return null;
  const keptOf = (page: string) => `tenure.page-before.${JSON.stringify([path, question, page])}`;
  /** Empty: the first page. */
  const before = cursor ? sessionStorage.getItem(keptOf(cursor)) : null;
  const turn = (to: string) => {
    sessionStorage.setItem(keptOf(to), cursor ?? '');
    onTurn(to);
  };
  return (
    <Group component="nav" aria-label={t('list.pages')} gap="xs">
      {cursor && (
        <TurnButton leftSection={<IconChevronsLeft size={16} aria-hidden />} onClick={() => onTurn(undefined)}>
          {t('list.first')}
        </TurnButton>
      )}
      {before !== null && (
        <TurnButton leftSection={<IconChevronLeft size={16} aria-hidden />} onClick={() => onTurn(before || undefined)}>
          {t('list.previous')}
        </TurnButton>
      )}
      {next && (
        <TurnButton rightSection={<IconChevronRight size={16} aria-hidden />} onClick={() => turn(next)}>
          {t('list.next')}
        </TurnButton>
      )}
    </Group>
  );
}
