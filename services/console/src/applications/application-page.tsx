import { Page } from '../app/page.js';
import { useWords } from '../words/use-words.js';

export function ApplicationPage() {
  const { t } = useWords();
  return <Page title={t('zones.applications')}>{null}</Page>;
}
