import type { ReactNode } from 'react';
import { LinkTo } from '../app/links.js';
import { Page } from '../app/page.js';
import { useWords } from '../words/use-words.js';
import { SettingsTabs } from './settings-tabs.js';

interface SettingsPageProps {
  title: string;
  /** Next to the title: the page's one main action. */
  action?: ReactNode;
  children: ReactNode;
}

/** The frame of each settings page: the way back to the accounts, and the tabs. */
export function SettingsPage({ title, action, children }: SettingsPageProps) {
  const { t } = useWords();
  return (
    <Page
      title={title}
      action={action}
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
