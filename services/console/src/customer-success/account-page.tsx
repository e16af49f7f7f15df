import { Page } from '../app/page.js';
import { useWords } from '../words/use-words.js';

export function ReviewedAccountPage() {
  const { t } = useWords();
  return <Page title={t('column.account')}>{null}</Page>;
}
