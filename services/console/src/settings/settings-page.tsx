import type { ReactNode } from 'react';
import { LinkTo } from '../app/links.js';
import { Page } from '../app/page.js';
import { useWords } from '../words/use-words.js';
import { SettingsTabs } from './settings-tabs.js';

interface SettingsPageProps {
  title: string;
  children: ReactNode;
}

/** The frame of each settings page: the way back to the accounts, and the tabs. */
export function SettingsPage({ title, children }: SettingsPageProps) {
  const { t } = useWords();
  return (
    <Page
      title={title}
      lead={t('settings.title')}
      back={
        <LinkTo to="/account-management/active" size="sm">
          {t('zones.active')}
        </LinkTo>
      }
      tabs={<SettingsTabs />}
    >
      {children}
    </Page>
  );
}
