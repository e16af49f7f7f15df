import { Refusal } from '../api/problem.js';
import type { T } from '../words/use-words.js';

/** Why something could not be shown or done, in the reader's language. The API's own message is for programs. */
export function failureWords(error: unknown, t: T): string {
  if (!(error instanceof Refusal)) return t('failed.noAnswer');
  const { status } = error.problem;
  if (status >= 500) return t('failed.unavailable');
  if (status === 429) return t('failed.tooMuch');
  if (status === 403) return t('failed.notAllowed');
  return t(status === 404 ? 'failed.gone' : 'failed.notAccepted');
}
