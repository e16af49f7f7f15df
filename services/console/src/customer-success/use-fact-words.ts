import type { ContractFacts } from '@tenure/contracts';
import { useLicenseName } from '../account/license-name.js';
import { useWords } from '../words/use-words.js';

/** One of the facts behind a decision, formatted for the reader's language. */
export function useFactWords(): (what: keyof ContractFacts, value: string | number) => string {
  const { t, format } = useWords();
  const licenseName = useLicenseName();
  return (what, value) => {
    if (typeof value === 'number') return format.number(value);
    if (what === 'license') return licenseName(value);
    if (what === 'expiresOn') return format.day(value);
    return t(`accountState.${value as ContractFacts['state']}`);
  };
}
