import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import type { EmailDomainDetails } from '@tenure/contracts';
import { setSender } from '../api/calls.js';
import { keepAnswer } from '../api/keep-answer.js';
import { isRefusal } from '../api/problem.js';
import { emailDomainQuery } from '../api/queries.js';
import { useSend } from '../api/use-send.js';
import { announce } from '../app/announce.js';
import { NotDone } from '../app/not-done.js';
import { SubmitButton } from '../app/submit-button.js';
import { useKeptText } from '../forms/use-kept-text.js';
import { useWords } from '../words/use-words.js';

/** Changes the name before the @ of the sender's address. Typed text is kept until it is saved or canceled. */
export function ChangeSender({ details }: { details: EmailDomainDetails }) {
  const { domain } = details;
  const { t } = useWords();
  const [isOpen, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" aria-label={t('emailDomains.changeSenderOf', { domain })} onClick={open}>
        {t('emailDomains.changeSender')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={t('emailDomains.changeSenderTitle', { domain })}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        {isOpen && <Form {...details} onClose={close} />}
      </Modal>
    </>
  );
}

function Form({ domain, sender, status, onClose }: EmailDomainDetails & { onClose: () => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const scope = `email-domain/${domain}/sender`;
  const field = useKeptText(scope, sender.slice(0, sender.lastIndexOf('@')));
  const name = field.text;
  const send = useSend<string, EmailDomainDetails>({
    scope,
    send: (content, options) => setSender(domain, content, options),
    onAnswer: (details, sent) => {
      keepAnswer(queries, emailDomainQuery(domain).queryKey, details);
      announce(
        t(details.status === 'verified' ? 'emailDomains.senderChanged' : 'emailDomains.senderLater', {
          sender: details.sender,
        }),
      );
      if (field.saved(sent)) onClose();
    },
    onRefusal: (refusal) => isRefusal(refusal, 'invalid') && announce(t('emailDomains.senderWrong')),
  });
  const isWrong = isRefusal(send.refusal, 'invalid');
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send.submit(name.trim());
      }}
    >
      <Stack gap="md">
        {field.restored && <Text size="sm">{t('form.restored')}</Text>}
        <TextInput
          label={t('emailDomains.senderName')}
          value={name}
          onChange={({ currentTarget }) => {
            field.type(currentTarget.value);
            send.reset();
          }}
          error={isWrong && t('emailDomains.senderWrong')}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          data-autofocus
        />
        <Text size="sm">
          {status === 'verified'
            ? t('emailDomains.senderIs', { address: `${name.trim()}@${domain}` })
            : t('emailDomains.senderLater', { sender: `${name.trim()}@${domain}` })}
        </Text>
        <NotDone send={send} saidElsewhere={isWrong} />
        <Group justify="flex-end">
          <Button
            variant="default"
            onClick={() => {
              field.discard();
              onClose();
            }}
          >
            {t('action.cancel')}
          </Button>
          <SubmitButton send={send}>{t('emailDomains.save')}</SubmitButton>
        </Group>
      </Stack>
    </form>
  );
}
