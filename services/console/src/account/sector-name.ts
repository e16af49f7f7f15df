import { useQuery } from '@tanstack/react-query';
import { sectorsQuery } from '../api/queries.js';
import { useWords } from '../words/use-words.js';

/** The display name of a sector; its code until the catalog has loaded. */
export function useSectorName(): (code: string) => string {
  const { language } = useWords();
  const { data } = useQuery(sectorsQuery);
  return (code) => data?.items.find((sector) => sector.code === code)?.names[language] ?? code;
}
