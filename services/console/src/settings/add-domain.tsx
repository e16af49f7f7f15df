import { Alert, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { EmailDomainDetails } from '@tenure/contracts';
import type { FormEvent } from 'react';
import { addDomain } from '../api/calls.js';
import { keepAnswer } from '../api/keep-answer.js';
import type { Refusal } from '../api/problem.js';
import { emailDomainQuery, emailDomainsQuery } from '../api/queries.js';
import { useSend } from '../api/use-send.js';
import { announce } from '../app/announce.js';
import { failureWords } from '../app/failure-words.js';
import { SubmitButton } from '../app/submit-button.js';
import { DraftNotice } from '../forms/draft-notice.js';
import { useKeptText } from '../forms/use-kept-text.js';
import { useWords, type T } from '../words/use-words.js';
import { wordsFor } from '../words/words-for.js';

/** Adds a domain of the organization's own. */
export function AddDomain({ onAdded }: { onAdded: (domain: string) => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const field = useKeptText('email-domain', '');
  const send = useSend<string, EmailDomainDetails>({
    scope: 'email-domain',
    send: addDomain,
    onAnswer: (added, sent) => {
      keepAnswer(queries, emailDomainQuery(added.domain).queryKey, added);
      void queries.invalidateQueries({ queryKey: emailDomainsQuery.queryKey, exact: true });
      if (field.saved(sent)) onAdded(added.domain);
      announce(t('emailDomains.added', { domain: added.domain }));
    },
    onRefusal: (refusal) => announce(whatIsWrong(refusal, t)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.submit(field.text);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm" align="flex-start">
        <DraftNotice
          of={t('emailDomains.domain')}
          restored={field.restored}
          onDiscard={() => {
            field.discard();
            send.reset();
          }}
        />
        <TextInput
          label={t('emailDomains.domain')}
          description={t('emailDomains.example')}
          value={field.text}
          onChange={({ currentTarget }) => {
            field.type(currentTarget.value);
            send.reset();
          }}
          error={send.refusal && whatIsWrong(send.refusal, t)}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maw="100%"
          w="22rem"
        />
        <SubmitButton send={send}>{t('emailDomains.add')}</SubmitButton>
      </Stack>
      {send.uncertain && (
        <Alert color="yellow" role="alert" mt="sm">
          {t('send.uncertain')}
        </Alert>
      )}
    </form>
  );
}

function whatIsWrong(refusal: Refusal, t: T): string {
  const { code, errors = [] } = refusal.problem;
  const [words] = errors.flatMap((error) => wordsFor('emailDomains.wrong', error.code, t) ?? []);
  return words ?? (code === 'invalid' ? t('emailDomains.wrong.not_a_domain') : failureWords(refusal, t));
}
