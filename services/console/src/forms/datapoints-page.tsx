import { Page } from '../app/page.js';
import { useWords } from '../words/use-words.js';

export function DatapointsPage() {
  const { t } = useWords();
  return <Page title={t('action.editDatapoints')}>{null}</Page>;
}
