import { Button, Group } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconChevronsLeft } from '@tabler/icons-react';
import { useRouter, useRouterState } from '@tanstack/react-router';
import { useWords } from '../words/use-words.js';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** How many pages one has turned since the first. */
    pagesTurned?: number;
  }
}

interface PagesProps {
  /** The cursor of the page that is shown; absent: the first. */
  cursor: string | undefined;
  next: string | null | undefined;
  onTurn: (cursor: string | undefined, pagesTurned: number) => void;
}

/** Pages by key have a next one; the one before is where one came from. */
export function Pages({ cursor, next, onTurn }: PagesProps) {
  const { t } = useWords();
  const { history } = useRouter();
  const turned = useRouterState({ select: ({ location }) => location.state.pagesTurned ?? 0 });
  if (!cursor && !next) return null;
  return (
    <Group component="nav" aria-label={t('list.pages')} gap="xs">
      {cursor && (
        <Button
          variant="default"
          leftSection={<IconChevronsLeft size={16} aria-hidden />}
          onClick={() => onTurn(undefined, 0)}
        >
          {t('list.first')}
        </Button>
      )}
      {cursor && turned > 0 && (
        <Button
          variant="default"
          leftSection={<IconChevronLeft size={16} aria-hidden />}
          onClick={() => history.back()}
        >
          {t('list.previous')}
        </Button>
      )}
      {next && (
        <Button
          variant="default"
          rightSection={<IconChevronRight size={16} aria-hidden />}
          onClick={() => onTurn(next, turned + 1)}
        >
          {t('list.next')}
        </Button>
      )}
    </Group>
  );
}
