import { useQuery } from '@tanstack/react-query';
import { calendarsQuery } from '../api/queries.js';
import { Loaded } from '../app/loaded.js';
import { useWords } from '../words/use-words.js';
import { CalendarFeed } from './calendar-feed.js';
import { CalendarsInReminders } from './calendars-in-reminders.js';
import { SettingsPage } from './settings-page.js';

/** The calendar addresses of the accounts' expiries, and how to revoke them. */
export function CalendarPage() {
  const { t } = useWords();
  return (
    <Loaded query={useQuery(calendarsQuery)} title={t('settings.calendar')}>
      {(addresses) => (
        <SettingsPage title={t('settings.calendar')}>
          <CalendarFeed feed={addresses.feed} />
          <CalendarsInReminders count={addresses.inReminders} />
        </SettingsPage>
      )}
    </Loaded>
  );
}
