import { Page } from '../app/page.js';
import { useWords } from '../words/use-words.js';

export function LicensePage() {
  const { t } = useWords();
  return <Page title={t('action.editLicense')}>{null}</Page>;
}
