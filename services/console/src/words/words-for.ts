import i18next from 'i18next';
import type { T } from './use-words.js';

/** The text of a code in a group of texts; null for a code without one, such as that of a newer service. */
export function wordsFor(group: string, code: string, t: T): string | null {
  const key = `${group}.${code}`;
  return i18next.exists(key) ? t(key as 'auditField.license') : null;
}
