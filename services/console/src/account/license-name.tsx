import { useQuery } from '@tanstack/react-query';
import { licensesQuery } from '../api/queries.js';
import { useWords } from '../words/use-words.js';

/** The display name of a license; its code until the catalog has loaded. */
export function useLicenseName(): (code: string) => string {
  const { language } = useWords();
  const { data } = useQuery(licensesQuery);
  return (code) => data?.items.find((license) => license.code === code)?.names[language] ?? code;
}
