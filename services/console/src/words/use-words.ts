import type { Language } from '@tenure/contracts';
import { useTranslation } from 'react-i18next';
import { formatOf } from './format.js';

/** Texts (`t`), figures and dates (`format`) in the reader's language. */
export function useWords() {
  const { t, i18n } = useTranslation();
  const language = i18n.language as Language;
  return { t, format: formatOf(language), language };
}
export type T = ReturnType<typeof useWords>['t'];
