import { Group, Text, TextInput } from '@mantine/core';
import { useSession } from '../api/use-session.js';
import { useTyped } from '../lists/use-typed.js';
import { useWords } from '../words/use-words.js';

interface Days {
  from?: string | undefined;
  to?: string | undefined;
}

/** The days from and until which applications were decided, in the zone of the list's times. */
export function DaysFilter({ from, to, onChoose }: Days & { onChoose: (days: Days) => void }) {
  const { t } = useWords();
  const { timeZone } = useSession().member.organization;
  return (
    <Group align="flex-end" gap="sm">
      <Day label={t('list.decidedFrom')} day={from} onChoose={(day) => onChoose({ from: day })} />
      <Day label={t('list.decidedTo')} day={to} onChoose={(day) => onChoose({ to: day })} />
      <Text size="xs" c="dimmed" mb={9}>
        {t('list.daysOf', { zone: timeZone })}
      </Text>
    </Group>
  );
}

interface DayProps {
  label: string;
  day: string | undefined;
  onChoose: (day: string | undefined) => void;
}

/** Applied a moment after the last key: while its year is being typed, a date lies in the first centuries. */
function Day({ label, day = '', onChoose }: DayProps) {
  const { input, typed, type } = useTyped(day, (value) => onChoose(value || undefined), 500);
  return (
    <TextInput
      ref={input}
      type="date"
      // Without it, browsers accept years of up to six digits.
      max="9999-12-31"
      label={label}
      value={typed}
      onChange={({ currentTarget }) => type(currentTarget.value)}
    />
  );
}
