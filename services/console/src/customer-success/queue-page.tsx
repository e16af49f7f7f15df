import { Page } from '../app/page.js';
import { useWords } from '../words/use-words.js';

export function QueuePage() {
  const { t } = useWords();
  return <Page title={t('entry.customerSuccess')}>{null}</Page>;
}
