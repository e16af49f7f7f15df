import './notices.css';
import { useQuery } from '@tanstack/react-query';
import { noticeWishesQuery } from '../api/queries.js';
import { Loaded } from '../app/loaded.js';
import { useWords } from '../words/use-words.js';
import { NoticesForm } from './notices-form.js';
import { SettingsPage } from './settings-page.js';

/** Which notices the member receives by e-mail. */
export function NoticesPage() {
  const { t } = useWords();
  return (
    <Loaded query={useQuery(noticeWishesQuery)} title={t('settings.notices')}>
      {(wishes) => (
        <SettingsPage title={t('settings.notices')}>
          <NoticesForm wishes={wishes} />
        </SettingsPage>
      )}
    </Loaded>
  );
}
