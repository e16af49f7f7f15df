import { Page } from '../app/page.js';
import { useWords } from '../words/use-words.js';

export function NewAccountPage() {
  const { t } = useWords();
  return <Page title={t('action.createAccount')}>{null}</Page>;
}
