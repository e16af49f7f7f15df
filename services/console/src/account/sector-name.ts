import { useQuery } from '@tanstack/react-query';
import { sectorsQuery } from '../api/queries.js';
import { useWords } from '../words/use-words.js';

/** What people call a sector; its code until the catalog is there. */
export function useSectorName(): (code: string) => string {
  const { language } = useWords();
  const { data } = useQuery(sectorsQuery);
  return (code) => data?.items.find((sector) => sector.code === code)?.names[language] ?? code;
}
