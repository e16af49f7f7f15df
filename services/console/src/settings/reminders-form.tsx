import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconArrowsSort, IconPlus } from '@tabler/icons-react';
import type { PolicyView } from '@tenure/contracts';
import { policyLimits } from '@tenure/lifecycle/policy';
import { useEffect, useRef } from 'react';
import { announce, announceFailure } from '../app/announce.js';
import { DraftNotice } from '../forms/draft-notice.js';
import { fieldId } from '../forms/field-id.js';
import { FormSummary, SendButton } from '../forms/form-summary.js';
import classes from '../forms/forms.module.css';
import { useWords } from '../words/use-words.js';
import { PolicyPreviewPanel } from './policy-preview-panel.js';
import { PolicyProgress } from './policy-progress.js';
import { ReminderFields } from './reminder-fields.js';
import { chosenOf, sortedRows, withAnother, type ReminderRow } from './reminder-rows.js';
import { TimeOfDay } from './time-of-day.js';
import { useRemindersForm } from './use-reminders-form.js';

/**
 * The reminders and their time of day, a preview of what would change, and under the button the progress of the last
 * change: above the form, it would move everything when it appears.
 */
export function RemindersForm({ policy }: { policy: PolicyView }) {
  const { t } = useWords();
  const form = useRemindersForm(policy);
  const { values, errors, send } = form;
  const { rows } = values;
  const change = (next: readonly ReminderRow[]) => form.change({ ...values, rows: [...next] });
  const progress = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (send.answer) progress.current?.scrollIntoView({ block: 'nearest' });
  }, [send.answer]);
  const labels = {
    offsets: t('reminders.list'),
    ...Object.fromEntries(rows.map(({ id }, index) => [`offsets.${id}`, t('reminders.number', { number: index + 1 })])),
    localTime: t('reminders.localTime'),
  };
  const focusOn = (name: string) => requestAnimationFrame(() => document.getElementById(fieldId(name))?.focus());
  /** Its number is a suggestion: typing replaces it. */
  const selectNumberOf = ({ id }: ReminderRow) =>
    requestAnimationFrame(() => {
      const field = document.getElementById(fieldId(`offsets.${id}`)) as HTMLInputElement;
      field.focus();
      field.select();
    });
  return (
    <form
      className={classes.columns}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      <Stack gap="md">
        <DraftNotice restored={form.restored} onDiscard={form.discard} />
        {form.changedMeanwhile && (
          <Alert color="yellow" role="alert">
            {t('reminders.changedMeanwhile')}
          </Alert>
        )}
        <FormSummary labels={labels} failed={form.failed} />
        <Paper withBorder p="md">
          <Stack gap="md">
            <Text size="sm">{t('reminders.are')}</Text>
            <Stack component="ul" gap="sm" aria-label={t('reminders.list')} p={0} m={0} style={{ listStyle: 'none' }}>
              {rows.map((row, index) => (
                <ReminderFields
                  key={row.id}
                  row={row}
                  index={index}
                  error={errors[`offsets.${row.id}`]}
                  onChange={(next) => change(rows.with(index, next))}
                  onRemove={() => {
                    change(rows.toSpliced(index, 1));
                    announce(t('reminders.removed'));
                    focusOn('offsets');
                  }}
                />
              ))}
            </Stack>
            <Group gap="xs">
              <Button
                id={fieldId('offsets')}
                variant="default"
                leftSection={<IconPlus size={18} aria-hidden />}
                onClick={() => {
                  if (rows.length >= policyLimits.reminders) return announceFailure(t('reminders.problem.too_many'));
                  const more = withAnother(rows);
                  change(more);
                  return selectNumberOf(more.at(-1)!);
                }}
                aria-disabled={rows.length >= policyLimits.reminders || undefined}
              >
                {t('reminders.add')}
              </Button>
              <Button
                variant="subtle"
                leftSection={<IconArrowsSort size={18} aria-hidden />}
                onClick={() => change(sortedRows(rows))}
              >
                {t('reminders.sort')}
              </Button>
            </Group>
            {errors['offsets'] && (
              <Text size="sm" c="var(--mantine-color-error)">
                {errors['offsets']}
              </Text>
            )}
            <TimeOfDay
              id={fieldId('localTime')}
              label={t('reminders.localTime')}
              description={[
                t('reminders.localTimeIs'),
                ...(policy.spreadMinutes > 0 ? [t('reminders.spread', { count: policy.spreadMinutes })] : []),
              ].join(' ')}
              value={values.localTime}
              error={errors['localTime']}
              onChange={(localTime) => form.change({ ...values, localTime })}
            />
          </Stack>
        </Paper>
        <Text size="sm">{t('reminders.toAll')}</Text>
      </Stack>
      <div className={classes.beside}>
        <PolicyPreviewPanel chosen={chosenOf(values)} isComplete={form.isComplete} isUnchanged={form.isUnchanged} />
      </div>
      <Stack gap="md" align="flex-start">
        <SendButton sending={send.sending} uncertain={send.uncertain}>
          {t('reminders.apply')}
        </SendButton>
        {policy.change && <PolicyProgress ref={progress} change={policy.change} />}
      </Stack>
    </form>
  );
}
