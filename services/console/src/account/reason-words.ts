import type { T } from '../words/use-words.js';
import { wordsFor } from '../words/words-for.js';

/**
 * Why something was not sent, or may not have been. An answer of the e-mail provider, such as
 * `validation_error: Invalid to field` or `status_502`, is quoted; a code of a newer service is shown as it is.
 */
export function reasonWords(reason: string, t: T): string {
  const [, status] = /^status_(\d+)$/.exec(reason) ?? [];
  const [, message] = /^[a-z]+(?:_[a-z]+)*: (.+)$/s.exec(reason) ?? [];
  const answer = status === undefined ? message : `HTTP ${status}`;
  if (answer !== undefined) return t('momentReason.answered', { answer });
  return wordsFor('momentReason', reason, t) ?? reason;
}
