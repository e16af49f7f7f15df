import '../forms/forms.css';
import { useQuery } from '@tanstack/react-query';
import { policyQuery } from '../api/queries.js';
import { Loaded } from '../app/loaded.js';
import { useWords } from '../words/use-words.js';
import { RemindersForm } from './reminders-form.js';
import { SettingsPage } from './settings-page.js';

/** The organization's reminders. */
export function RemindersPage() {
  const { t } = useWords();
  return (
    <Loaded query={useQuery(policyQuery)} title={t('settings.reminders')}>
      {(policy) => (
        <SettingsPage title={t('settings.reminders')}>
          <RemindersForm policy={policy} />
        </SettingsPage>
      )}
    </Loaded>
  );
}
