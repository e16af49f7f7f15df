import { Page } from '../app/page.js';
import { useWords } from '../words/use-words.js';

export function AccountPage() {
  const { t } = useWords();
  return <Page title={t('column.account')}>{null}</Page>;
}
