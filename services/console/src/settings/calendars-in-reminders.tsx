import { Stack, Text } from '@mantine/core';
import { Section } from '../app/section.js';
import { useWords } from '../words/use-words.js';
import { Revoke } from './revoke.js';

/** The calendar addresses sent in reminders, one for each account. */
export function CalendarsInReminders({ count }: { count: number }) {
  const { t, format } = useWords();
  return (
    <Section title={t('calendar.inReminders')}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t('calendar.inRemindersAre')}</Text>
        <Text size="sm">
          {count === 0 ? t('calendar.noneSent') : t('calendar.sent', { count, shown: format.number(count) })}
        </Text>
        {count > 0 && <Revoke which="in_reminders" words={t('calendar.revokeAll')} />}
      </Stack>
    </Section>
  );
}
