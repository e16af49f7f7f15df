import type { Format } from '../words/format.js';
import type { T } from '../words/use-words.js';

/** Counts are exact up to here; the API answers one more for any larger number. */
export const countedUpTo = 10_000;

/** "10,000+" beyond the limit of counting. */
export function countText(count: number, t: T, format: Format): string {
  return count > countedUpTo ? t('list.orMore', { number: format.number(countedUpTo) }) : format.number(count);
}

export function countWords(
  count: number,
  of: 'accounts' | 'applications' | 'organizations' | 'entries',
  t: T,
  format: Format,
): string {
  return t(`list.${of}`, { count, shown: countText(count, t, format) });
}
