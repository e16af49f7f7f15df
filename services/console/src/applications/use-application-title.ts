import type { ApplicationView } from '@tenure/contracts';
import { useWords } from '../words/use-words.js';

/** "New account: Hotel Sol" */
export function useApplicationTitle(): (application: Pick<ApplicationView, 'type' | 'accountName'>) => string {
  const { t } = useWords();
  return ({ type, accountName }) => t('application.title', { type: t(`applicationType.${type}`), name: accountName });
}
