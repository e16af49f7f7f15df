import { Refusal } from '../api/problem.js';
import type { T } from '../words/use-words.js';

/** Why something could not be shown or done, for the reader; a refusal that is about what was asked keeps its own words. */
export function failureWords(error: unknown, t: T): string {
  if (!(error instanceof Refusal)) return t('failed.noAnswer');
  return error.problem.status >= 500 ? t('failed.unavailable') : error.message;
}
