import { Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isRefusal } from '../api/problem.js';
import { CouldNotLoad } from '../lists/list-states.js';
import { useLater } from '../lists/use-later.js';
import { useWords } from '../words/use-words.js';
import { Page } from './page.js';
import { NotFound } from './refused-pages.js';

interface LoadedProps<A> {
  query: UseQueryResult<A>;
  /** The title of the page while there is nothing to show yet. */
  title: string;
  children: (answer: A) => ReactNode;
}

/** A page about one thing: its placeholder while loading, its "not found", and its error. */
export function Loaded<A>({ query, title, children }: LoadedProps<A>) {
  const { t } = useWords();
  const late = useLater(query.isPending);
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (isRefusal(query.error, 'not_found', 'invalid')) return <NotFound />;
  if (query.error)
    return (
      <Page title={title}>
        <CouldNotLoad error={query.error} onTryAgain={() => void query.refetch()} />
      </Page>
    );
  return late ? (
    <Page title={title}>
      <Stack gap="md" aria-busy aria-label={t('list.loading')} maw="40rem">
        <Skeleton height={20} width="60%" />
        <Skeleton height={120} />
        <Skeleton height={120} />
      </Stack>
    </Page>
  ) : null;
}
