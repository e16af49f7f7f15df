import { Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { MemberView } from '@tenure/contracts';
import { useId, useState } from 'react';
import { setLogo } from '../api/calls.js';
import { keepAnswer } from '../api/keep-answer.js';
import { isRefusal } from '../api/problem.js';
import { sessionQuery } from '../api/queries.js';
import { useSend } from '../api/use-send.js';
import { useSession } from '../api/use-session.js';
import { announce } from '../app/announce.js';
import { NotDone } from '../app/not-done.js';
import { useSendLabel } from '../app/use-send-label.js';
import { useWords } from '../words/use-words.js';

/** What stands at the top of e-mails from the organization's own domains. Our pages load nothing from elsewhere, also not this. */
export function Logo() {
  const { t } = useWords();
  const label = useSendLabel();
  const { member } = useSession();
  const queries = useQueryClient();
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? member.organization.logoUrl ?? '';
  const id = useId();
  const send = useSend<string, MemberView['organization']>({
    scope: 'organization/logo',
    send: (content, options) => setLogo(content === '' ? null : content, options),
    onAnswer: (organization) => {
      keepAnswer(queries, sessionQuery.queryKey, (session) =>
        session ? { ...session, member: { ...session.member, organization } } : session,
      );
      setTyped(undefined);
      announce(t('emailDomains.logoSaved'));
    },
    onRefusal: (refusal) => isRefusal(refusal, 'invalid') && announce(t('emailDomains.logoWrong')),
  });
  const isWrong = isRefusal(send.refusal, 'invalid');
  const isLeftOut = typed === undefined && member.organization.logoRefused === true;
  return (
    <Paper component="section" aria-labelledby={id} withBorder p="md">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send.submit(shown.trim());
        }}
      >
        <Stack gap="sm">
          <Title order={2} size="h4" id={id}>
            {t('emailDomains.logo')}
          </Title>
          <Text size="sm">{t('emailDomains.logoIs')}</Text>
          <TextInput
            type="url"
            label={t('emailDomains.logoAddress')}
            description={t('emailDomains.logoExample')}
            value={shown}
            onChange={({ currentTarget }) => {
              setTyped(currentTarget.value);
              send.reset();
            }}
            error={isWrong ? t('emailDomains.logoWrong') : isLeftOut && t('emailDomains.logoLeftOut')}
            autoComplete="off"
            spellCheck={false}
            maw="32rem"
          />
          <NotDone send={send} saidElsewhere={isWrong} />
          <Group>
            <Button type="submit" variant="default" aria-disabled={send.sending || undefined}>
              {label(send, t('emailDomains.save'))}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
