import type { UseQueryResult } from '@tanstack/react-query';
import { CouldNotLoad } from '../lists/list-states.js';
import { useWords } from '../words/use-words.js';

/**
 * That what a form offers could not be loaded: its field would have nothing to choose, or not all there is, without a word.
 * @param of what is offered, by the label of its field
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
