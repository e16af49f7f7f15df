import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ButtonTo } from '../app/links.js';
import { Page } from '../app/page.js';
import { readNewAccountSearch } from '../forms/form-search.js';
import { useWords } from '../words/use-words.js';
import { ZoneTabs } from './zone-tabs.js';

/** The frame of the three zones: the tabs, and the button for a new account. */
export function ZonePage({ zone, children }: { zone: 'active' | 'expired' | 'applications'; children: ReactNode }) {
  const { t } = useWords();
  return (
    <Page
      title={t(`zones.${zone}`)}
      action={
        <ButtonTo
          to="/account-management/new"
          search={(narrowed) => readNewAccountSearch({ ...narrowed, from: zone })}
          leftSection={<IconPlus size={18} aria-hidden />}
        >
          {t('action.createAccount')}
        </ButtonTo>
      }
      tabs={<ZoneTabs />}
    >
      {children}
    </Page>
  );
}
