import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { deleteDomain } from '../api/calls.js';
import { emailDomainQuery, emailDomainsQuery } from '../api/queries.js';
import type { Refusal } from '../api/problem.js';
import { useSend } from '../api/use-send.js';
import { announce } from '../app/announce.js';
import { AskFirst } from '../app/ask-first.js';
import { failureWords } from '../app/failure-words.js';
import { focusTitle } from '../app/focus-title.js';
import { NotDone } from '../app/not-done.js';
import { useSendLabel } from '../app/use-send-label.js';
import { useWords } from '../words/use-words.js';

/** Deletes a domain, after confirmation. A domain in use is kept, and the refusal says how often it is used. */
export function DeleteDomain({ domain }: { domain: string }) {
  const { t, format } = useWords();
  const label = useSendLabel();
  const queries = useQueryClient();
  const [isOpen, { open, close }] = useDisclosure(false);
  const send = useSend<string, unknown>({
    scope: `email-domain/${domain}/deletion`,
    send: deleteDomain,
    onAnswer: () => {
      close();
      queries.removeQueries({ queryKey: emailDomainQuery(domain).queryKey });
      void queries.invalidateQueries({ queryKey: emailDomainsQuery.queryKey, exact: true }).then(focusTitle);
      announce(t('emailDomains.deleted', { domain }));
    },
  });
  // A refusal is not repeated when the dialog opens again.
  const leave = () => {
    close();
    send.reset();
  };
  const why = (refusal: Refusal) => {
    const { code, figures } = refusal.problem;
    if (code !== 'email_domain_in_use') return failureWords(refusal, t);
    const shown = (name: string) => format.number(Number(figures?.[name] ?? 0));
    return t('emailDomains.inUse', { accounts: shown('accounts'), applications: shown('applications') });
  };
  return (
    <>
      <Button variant="default" aria-label={t('emailDomains.deleteOf', { domain })} onClick={open}>
        {t('emailDomains.delete')}
      </Button>
      <AskFirst
        opened={isOpen}
        onClose={leave}
        title={t('emailDomains.deleteTitle', { domain })}
        does={label(send, t('emailDomains.delete'))}
        isUnderWay={send.sending}
        onSure={() => send.submit(domain)}
      >
        <Text size="sm">{t('emailDomains.deleteText')}</Text>
        <NotDone send={send} why={why} />
      </AskFirst>
    </>
  );
}
