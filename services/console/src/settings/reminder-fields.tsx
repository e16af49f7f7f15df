import { ActionIcon, NativeSelect, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMomentWords } from '../account/use-moment-words.js';
import { fieldId } from '../forms/field-id.js';
import { FigureInput } from '../forms/figure-input.js';
import { useWords } from '../words/use-words.js';
import classes from './reminder-fields.module.css';
import { units, type ReminderRow, type Unit } from './reminder-rows.js';

interface ReminderFieldsProps {
  row: ReminderRow;
  index: number;
  error: string | undefined;
  onChange: (row: ReminderRow) => void;
  onRemove: () => void;
}

/** One reminder: "2 weeks before the last day", with a button that removes it. */
export function ReminderFields({ row, index, error, onChange, onRemove }: ReminderFieldsProps) {
  const { t } = useWords();
  const { kind } = useMomentWords();
  const number = index + 1;
  const id = fieldId(`offsets.${row.id}`);
  return (
    <li>
      <div className={classes.row}>
        <FigureInput
          id={id}
          aria-label={t('reminders.count', { number })}
          value={row.count}
          onChange={(count) => onChange({ ...row, count })}
          rightSection={null}
          error={error !== undefined}
          {...(error !== undefined && { 'aria-describedby': `${id}-wrong` })}
        />
        <NativeSelect
          aria-label={t('reminders.unit', { number })}
          value={row.unit}
          onChange={({ currentTarget }) => onChange({ ...row, unit: currentTarget.value as Unit })}
          data={units.map((unit) => ({
            value: unit,
            label: t(`reminders.units.${unit}`, { count: Number(row.count) }),
          }))}
        />
        <Text size="sm" py={{ base: 0, xs: 8 }} className={classes.words}>
          {Number(row.count) === 0 && row.count !== '' ? kind('P0D') : t('reminders.before')}
        </Text>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          className={classes.remove}
          aria-label={t('reminders.remove', { number })}
          onClick={onRemove}
        >
          <IconTrash size={18} aria-hidden />
        </ActionIcon>
      </div>
      {error && (
        <Text id={`${id}-wrong`} size="sm" c="var(--mantine-color-error)">
          {error}
        </Text>
      )}
    </li>
  );
}
