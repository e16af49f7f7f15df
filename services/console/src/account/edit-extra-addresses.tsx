import { ActionIcon, Alert, Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import type { AccountRecipients, Language } from '@tenure/contracts';
import { useRef, useState, type ClipboardEvent } from 'react';
import { setExtraAddresses } from '../api/calls.js';
import { keepAnswer } from '../api/keep-answer.js';
import { isRefusal } from '../api/problem.js';
import { recipientsQuery } from '../api/queries.js';
import { useSend } from '../api/use-send.js';
import { announce, announceFailure } from '../app/announce.js';
import { NotDone } from '../app/not-done.js';
import { SubmitButton } from '../app/submit-button.js';
import { useDraft } from '../forms/use-draft.js';
import { useWords } from '../words/use-words.js';
import {
  addressesIn,
  addressesOf,
  rowsOf,
  withAnother,
  withPasted,
  wrongRows,
  type AddressRow,
} from './extra-address-rows.js';

/** The maximum for an account. */
const most = 10;

interface EditExtraAddressesProps {
  accountId: string;
  recipients: AccountRecipients;
}

/**
 * Edits the extra addresses of an account in a dialog. They are saved as one list, which replaces the list that the
 * user saw. Typed text is kept until it is saved or canceled.
 */
export function EditExtraAddresses(props: EditExtraAddressesProps) {
  const { t } = useWords();
  const [isOpen, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" onClick={open}>
        {t('recipients.edit')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        size="lg"
        title={t('recipients.extra')}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        {isOpen && <Form {...props} onClose={close} />}
      </Modal>
    </>
  );
}

function Form({ accountId, recipients, onClose }: EditExtraAddressesProps & { onClose: () => void }) {
  const { t, format, language } = useWords();
  const queries = useQueryClient();
  const [initial] = useState(() => ({
    rows: recipients.extraAddresses.length > 0 ? rowsOf(recipients.extraAddresses) : withAnother([], language),
    // A change by somebody else is overwritten only after the user has been shown it.
    seen: recipients,
  }));
  const draft = useDraft(`extra-addresses/${accountId}`, initial);
  const { rows, seen } = draft.values;
  const type = (next: Partial<typeof initial>) => draft.change({ ...draft.values, ...next });
  const list = useRef<HTMLDivElement>(null);
  const { queryKey } = recipientsQuery(accountId);
  const send = useSend<Parameters<typeof setExtraAddresses>[1], AccountRecipients>({
    scope: `extra-addresses/${accountId}`,
    send: (content, options) => setExtraAddresses(accountId, content, options),
    onAnswer: (answer, { extraAddresses: sent }) => {
      keepAnswer(queries, queryKey, answer);
      announce(t('recipients.saved'));
      // What was typed since stays, unless it was canceled.
      const isAll = JSON.stringify(addressesOf(rows)) === JSON.stringify(sent);
      if (!isAll && draft.stored.read() !== undefined) return type({ seen: answer });
      draft.discard();
      return onClose();
    },
    onRefusal: (refusal) => {
      if (refusal.problem.code !== 'recipients_changed') {
        const wrong = wrongRows(rows, refusal.problem.errors ?? []);
        return focusOn(rows.findIndex(({ id }) => wrong.has(id)));
      }
      const current = refusal.problem.current as AccountRecipients;
      keepAnswer(queries, queryKey, current);
      type({ seen: current });
    },
  });
  const isChanged = isRefusal(send.refusal, 'recipients_changed');
  const wrong = wrongRows(rows, send.refusal?.problem.errors ?? []);
  const change = (next: AddressRow[]) => {
    type({ rows: next });
    if (!isChanged) send.reset();
  };
  const focusOn = (place: number) =>
    requestAnimationFrame(() => list.current?.querySelectorAll('input').item(place)?.focus());
  const add = () => {
    if (rows.length >= most) return announceFailure(t('recipients.most'));
    change(withAnother(rows, language));
    return focusOn(rows.length);
  };
  /** The field would join the lines of a list, and cut off its end. */
  const paste = (event: ClipboardEvent, index: number) => {
    const text = event.clipboardData.getData('text').trim();
    const found = addressesIn(text);
    if (rows[index]!.email !== '' || found.length === 0 || found[0] === text) return;
    event.preventDefault();
    const room = most - rows.length + 1;
    if (found.length > room) announceFailure(t('recipients.most'));
    change(withPasted(rows, index, found.slice(0, room)));
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send.submit({ extraAddresses: addressesOf(rows), replaces: seen.version });
      }}
    >
      <Stack gap="md">
        {draft.restored && <Text size="sm">{t('form.restored')}</Text>}
        {isChanged && (
          <Alert color="yellow" role="alert">
            {t('recipients.changedMeanwhile', {
              addresses:
                seen.extraAddresses.length === 0
                  ? t('recipients.nobody')
                  : format.list(seen.extraAddresses.map(({ email }) => email)),
            })}
          </Alert>
        )}
        <Stack
          ref={list}
          component="ul"
          gap="xs"
          aria-label={t('recipients.extra')}
          p={0}
          m={0}
          style={{ listStyle: 'none' }}
        >
          {rows.map((row, index) => (
            <Group key={row.id} component="li" gap="xs" align="flex-start">
              <TextInput
                type="email"
                aria-label={t('recipients.addressNumber', { number: index + 1 })}
                value={row.email}
                onChange={({ currentTarget }) => change(rows.with(index, { ...row, email: currentTarget.value }))}
                onPaste={(event) => paste(event, index)}
                error={wrong.has(row.id) && t(`recipients.${wrong.get(row.id)!}`)}
                maxLength={254}
                autoComplete="off"
                flex="1 1 12rem"
                data-autofocus={index === 0 || undefined}
              />
              <NativeSelect
                aria-label={t('recipients.languageNumber', { number: index + 1 })}
                value={row.language}
                onChange={({ currentTarget }) =>
                  change(rows.with(index, { ...row, language: currentTarget.value as Language }))
                }
                data={(['en', 'es'] as const).map((value) => ({ value, label: t(`shell.languageName.${value}`) }))}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                aria-label={t('recipients.remove', { number: index + 1 })}
                onClick={() => {
                  change(rows.toSpliced(index, 1));
                  announce(t('recipients.removed'));
                  focusOn(Math.max(0, index - 1));
                }}
              >
                <IconTrash size={18} aria-hidden />
              </ActionIcon>
            </Group>
          ))}
        </Stack>
        <Group>
          <Button
            variant="default"
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={add}
            aria-disabled={rows.length >= most || undefined}
          >
            {t('recipients.add')}
          </Button>
        </Group>
        <NotDone send={send} saidElsewhere={isChanged || wrong.size > 0} />
        <Group justify="flex-end">
          <Button
            variant="default"
            onClick={() => {
              draft.discard();
              onClose();
            }}
          >
            {t('action.cancel')}
          </Button>
          <SubmitButton send={send}>{t('recipients.save')}</SubmitButton>
        </Group>
      </Stack>
    </form>
  );
}
