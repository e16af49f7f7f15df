import { Page } from '../app/page.js';
import { useWords } from '../words/use-words.js';

export function RenewalPage() {
  const { t } = useWords();
  return <Page title={t('action.renew')}>{null}</Page>;
}
