import { Box } from '@mantine/core';
import { IconSettings } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { accountsQuery, applicationsQuery } from '../api/queries.js';
import { useSession } from '../api/use-session.js';
import { useWords } from '../words/use-words.js';
import { TabCount } from './tab-count.js';
import classes from './zone-tabs.module.css';

/** The zones, each with its number of entries, and the way to the settings. */
export function ZoneTabs() {
  const { t } = useWords();
  const { ofOwn } = useSession();
  const count = { select: (page: { count: number }) => page.count };
  const active = useQuery({ ...accountsQuery({ zone: 'active', ...ofOwn, limit: 1 }), ...count });
  const expired = useQuery({ ...accountsQuery({ zone: 'expired', ...ofOwn, limit: 1 }), ...count });
  const pending = useQuery({ ...applicationsQuery({ status: 'pending', ...ofOwn, limit: 1 }), ...count });
  const tabs = [
    { to: '/account-management/active', words: t('zones.active'), count: active.data },
    { to: '/account-management/expired', words: t('zones.expired'), count: expired.data },
    { to: '/account-management/applications', words: t('zones.applications'), count: pending.data },
  ] as const;
  return (
    <Box component="nav" aria-label={t('entry.accountManagement')} mb="md">
      <ul className={classes.tabs}>
        {tabs.map(({ to, words, count }) => (
          <li key={to}>
            <Link to={to} className={classes.tab} activeOptions={{ includeSearch: false }}>
              {words}
              <TabCount count={count} />
            </Link>
          </li>
        ))}
        <li className={classes.apart}>
          <Link to="/account-management/settings" className={classes.tab}>
            <IconSettings size={18} aria-hidden /> {t('settings.title')}
          </Link>
        </li>
      </ul>
    </Box>
  );
}
