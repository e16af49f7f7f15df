import { Box } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useWords } from '../words/use-words.js';
import classes from '../zones/zone-tabs.module.css';

/** The settings of an organization, one page each. */
export function SettingsTabs() {
  const { t } = useWords();
  const tabs = [
    { to: '/account-management/settings/reminders', words: t('settings.reminders') },
    { to: '/account-management/settings/notices', words: t('settings.notices') },
    { to: '/account-management/settings/email-domains', words: t('settings.emailDomains') },
    { to: '/account-management/settings/calendar', words: t('settings.calendar') },
    { to: '/account-management/settings/addresses', words: t('settings.addresses') },
    { to: '/account-management/settings/audit', words: t('settings.audit') },
  ] as const;
  return (
    <Box component="nav" aria-label={t('settings.title')} mb="md">
      <ul className={classes.tabs}>
        {tabs.map(({ to, words }) => (
          <li key={to}>
            <Link to={to} className={classes.tab}>
              {words}
            </Link>
          </li>
        ))}
      </ul>
    </Box>
  );
}
