import { Paper, Stack, Text, Title } from '@mantine/core';
import { focusTitle } from '../app/focus-title.js';
import { useWords } from '../words/use-words.js';
import { Revoke } from './revoke.js';

/** The calendar addresses sent in reminders, one for each account. */
export function CalendarsInReminders({ count }: { count: number }) {
  const { t, format } = useWords();
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="in-reminders">
      <Title order={2} size="h5" id="in-reminders" mb="xs">
        {t('calendar.inReminders')}
      </Title>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t('calendar.inRemindersAre')}</Text>
        <Text size="sm">
          {count === 0 ? t('calendar.noneSent') : t('calendar.sent', { count, shown: format.number(count) })}
        </Text>
        {count > 0 && <Revoke which="in_reminders" words={t('calendar.revokeAll')} onRevoked={focusTitle} />}
      </Stack>
    </Paper>
  );
}
