import '../forms/forms.css';
import { useQuery } from '@tanstack/react-query';
import { policyQuery } from '../api/queries.js';
import { Loaded } from '../app/loaded.js';
import { useWords } from '../words/use-words.js';
import { PolicyProgress } from './policy-progress.js';
import { RemindersForm } from './reminders-form.js';
import { SettingsPage } from './settings-page.js';

/** The organization's reminders: the current ones, what a change would do, and the progress of a change. */
export function RemindersPage() {
  const { t } = useWords();
  return (
    <Loaded query={useQuery(policyQuery)} title={t('settings.reminders')}>
      {(policy) => (
        <SettingsPage title={t('settings.reminders')}>
          {policy.change && <PolicyProgress change={policy.change} />}
          <RemindersForm policy={policy} />
        </SettingsPage>
      )}
    </Loaded>
  );
}
