import { useLicenseName } from '../account/license-name.js';
import { useQuantity } from '../words/use-quantity.js';
import { useWords } from '../words/use-words.js';
import type { ChangeOf } from './changes.js';

/** A change in words: its label, and both sides formatted for the reader's language. */
export interface ChangeInWords {
  label: string;
  before: string | null;
  after: string;
}

export function useChangeWords(): (change: ChangeOf) => ChangeInWords {
  const { t, format } = useWords();
  const licenseName = useLicenseName();
  const quantity = useQuantity();
  return (change) => {
    const label = t(`change.${change.what}`);
    if (change.what === 'license')
      return { label, before: change.before && licenseName(change.before), after: licenseName(change.after) };
    if (change.what === 'expiresOn')
      return { label, before: change.before && format.day(change.before), after: format.day(change.after) };
    const written = (value: number) => (change.what === 'months' ? quantity(value, 'months') : format.number(value));
    return { label, before: change.before === null ? null : written(change.before), after: written(change.after) };
  };
}
