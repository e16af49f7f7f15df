import { Alert } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { CouldNotLoad } from '../lists/list-states.js';
import { useWords } from '../words/use-words.js';

/**
 * Says that options of a form could not be loaded: without it, a field with no options, or with some missing, would
 * look complete.
 * @param of the options, by the label of their field
 */
export function NotOffered({ of }: { of: Readonly<Record<string, UseQueryResult>> }) {
  const { t, format } = useWords();
  const missing = Object.entries(of).flatMap(([label, { data, error, refetch }]) =>
    error && data === undefined ? [{ label, error, refetch }] : [],
  );
  const [first] = missing;
  if (!first) return null;
  return (
    <CouldNotLoad
      title={t('form.notOffered', { what: format.list(missing.map(({ label }) => label)) })}
      error={first.error}
      onTryAgain={() => {
        for (const { refetch } of missing) void refetch();
      }}
    />
  );
}

/**
 * Says that there is nothing to choose from in a required field, as in a new deployment: the user cannot change that.
 *
 * @param of the options, by the label of their field
 */
export function NoneOffered({ of }: { of: Readonly<Record<string, UseQueryResult<{ items: unknown[] }>>> }) {
  const { t, format } = useWords();
  const empty = Object.entries(of).filter(([, { data }]) => data?.items.length === 0);
  if (empty.length === 0) return null;
  return (
    <Alert color="yellow" title={t('form.noneOffered', { what: format.list(empty.map(([label]) => label)) })}>
      {t('form.noneOfferedNext')}
    </Alert>
  );
}
