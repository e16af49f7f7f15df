import { Box } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useWords } from '../words/use-words.js';
import { settingsPages } from './settings-pages.js';
import classes from '../zones/zone-tabs.module.css';

/** The settings of an organization, one page each. */
export function SettingsTabs() {
  const { t } = useWords();
  return (
    <Box component="nav" aria-label={t('settings.title')} mb="md">
      <ul className={classes.tabs}>
        {settingsPages.map(({ to, label }) => (
          <li key={to}>
            <Link to={to} className={classes.tab}>
              {t(label)}
            </Link>
          </li>
        ))}
      </ul>
    </Box>
  );
}
