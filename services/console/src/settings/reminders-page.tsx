import { List, Stack, Text } from '@mantine/core';
import { useMomentWords } from '../account/use-moment-words.js';
import { useWords } from '../words/use-words.js';
import { SettingsPage } from './settings-page.js';

const offsets = ['P1M', 'P7D', 'P0D'];

/** When the accounts' reminders go out. */
export function RemindersPage() {
  const { t } = useWords();
  const { kind } = useMomentWords();
  return (
    <SettingsPage title={t('settings.reminders')}>
      <Stack gap="sm">
        <Text>{t('reminders.are')}</Text>
        <List>
          {offsets.map((offset) => (
            <List.Item key={offset}>{kind(offset)}</List.Item>
          ))}
        </List>
      </Stack>
    </SettingsPage>
  );
}
