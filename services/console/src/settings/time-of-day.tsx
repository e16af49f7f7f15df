import { Group, Input, NativeSelect, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/use-words.js';

interface TimeOfDayProps {
  /** The id of its first field. */
  id: string;
  label: string;
  description: string;
  error: ReactNode;
  /** `09:00` */
  value: string;
  onChange: (time: string) => void;
}

const twoDigits = (count: number) => Array.from({ length: count }, (_, each) => String(each).padStart(2, '0'));
const [hours, minutes] = [twoDigits(24), twoDigits(60)];

/** A time of day in the console's format: a browser's own time field uses the browser's language, not the reader's. */
export function TimeOfDay({ id, value, onChange, ...wrapper }: TimeOfDayProps) {
  const { t } = useWords();
  const [hour = '', minute = ''] = value.split(':');
  const group = `${id}-group`;
  return (
    <Input.Wrapper id={group} labelElement="div" maw="24rem" {...wrapper}>
      <Group
        role="group"
        aria-labelledby={`${group}-label`}
        aria-describedby={`${group}-description`}
        gap="xs"
        mt={4}
        wrap="nowrap"
      >
        <NativeSelect
          id={id}
          aria-label={t('reminders.hours')}
          data={hours}
          value={hour}
          onChange={({ currentTarget }) => onChange(`${currentTarget.value}:${minute}`)}
        />
        <Text span aria-hidden>
          :
        </Text>
        <NativeSelect
          aria-label={t('reminders.minutes')}
          data={minutes}
          value={minute}
          onChange={({ currentTarget }) => onChange(`${hour}:${currentTarget.value}`)}
        />
      </Group>
    </Input.Wrapper>
  );
}
