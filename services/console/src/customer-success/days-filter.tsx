import { Group, Text, TextInput } from '@mantine/core';
import { useSession } from '../api/use-session.js';
import { useWords } from '../words/use-words.js';

interface Days {
  from?: string | undefined;
  to?: string | undefined;
}

/** From which day until which one something was decided: in the zone in which the list says when. */
export function DaysFilter({ from = '', to = '', onChoose }: Days & { onChoose: (days: Days) => void }) {
  const { t } = useWords();
  const { timeZone } = useSession().member.organization;
  return (
    <Group align="flex-end" gap="sm">
      <TextInput
        type="date"
        label={t('list.decidedFrom')}
        value={from}
        max={to || undefined}
        onChange={({ currentTarget }) => onChoose({ from: currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        label={t('list.decidedTo')}
        value={to}
        min={from || undefined}
        onChange={({ currentTarget }) => onChoose({ to: currentTarget.value || undefined })}
      />
      <Text size="xs" c="dimmed" mb={9}>
        {t('list.daysOf', { zone: timeZone })}
      </Text>
    </Group>
  );
}
