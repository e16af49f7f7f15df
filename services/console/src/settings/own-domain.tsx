import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { EmailDomainDetails, EmailDomainStatus } from '@tenure/contracts';
import { useEffect, useId, useRef } from 'react';
import { verifyDomain } from '../api/calls.js';
import { keepAnswer } from '../api/keep-answer.js';
import { emailDomainQuery, emailDomainsQuery } from '../api/queries.js';
import { useSend } from '../api/use-send.js';
import { announce } from '../app/announce.js';
import { failureWords } from '../app/failure-words.js';
import { LoadedPart } from '../lists/loaded-part.js';
import { useWords } from '../words/use-words.js';
import { ChangeSender } from './change-sender.js';
import { DeleteDomain } from './delete-domain.js';
import { DomainRecords } from './domain-records.js';
import { DomainSender } from './domain-sender.js';
import { DomainStatusBadge } from './domain-status-badge.js';

interface OwnDomainProps {
  domain: string;
  status: EmailDomainStatus;
  /** The user has just added it: what to do next is in its section, which may be off the screen. */
  isAdded: boolean;
}

/** One domain: its state, what that means, and its records, which are hidden once they are correct. */
export function OwnDomain({ domain, status, isAdded }: OwnDomainProps) {
  const { t } = useWords();
  const query = useQuery(emailDomainQuery(domain));
  const details = query.data;
  const now = details?.status ?? status;
  const [isShown, { toggle }] = useDisclosure(false);
  const showing = t(isShown ? 'emailDomains.hideRecords' : 'emailDomains.showRecords');
  const id = useId();
  const section = useRef<HTMLElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isAdded) return;
    title.current?.focus({ preventScroll: true });
    section.current?.scrollIntoView({ block: 'nearest' });
  }, [isAdded]);
  return (
    <Paper ref={section} component="section" aria-labelledby={id} withBorder p="md">
      <Stack gap="sm">
        <Group gap="sm">
          <Title
            ref={title}
            tabIndex={-1}
            order={2}
            size="h4"
            id={id}
            style={{ overflowWrap: 'anywhere', outline: 'none' }}
          >
            {domain}
          </Title>
          <DomainStatusBadge status={now} />
        </Group>
        {details?.records.length !== 0 && <Text size="sm">{t(`emailDomains.means.${now}`)}</Text>}
        <LoadedPart query={query} height={120}>
          {(shown) => (
            <>
              <DomainSender {...shown} />
              {(now !== 'verified' || isShown) && <DomainRecords domain={domain} records={shown.records} />}
              <Group gap="sm">
                <CheckNow details={shown} />
                {now === 'verified' && (
                  <Button
                    variant="default"
                    onClick={toggle}
                    aria-expanded={isShown}
                    aria-label={`${showing}: ${domain}`}
                  >
                    {showing}
                  </Button>
                )}
                <ChangeSender details={shown} />
                <DeleteDomain domain={domain} />
              </Group>
            </>
          )}
        </LoadedPart>
      </Stack>
    </Paper>
  );
}

/** Checks the records while the user waits. */
function CheckNow({ details: { domain } }: { details: EmailDomainDetails }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const send = useSend<string, EmailDomainDetails>({
    scope: `email-domain/${domain}`,
    send: verifyDomain,
    onAnswer: (details) => {
      keepAnswer(queries, emailDomainQuery(domain).queryKey, details);
      void queries.invalidateQueries({ queryKey: emailDomainsQuery.queryKey, exact: true });
      announce(`${domain}: ${t(`emailDomains.status.${details.status}`)}`);
    },
  });
  const failure = send.refusal ?? (send.uncertain ? null : undefined);
  return (
    <>
      <Button
        variant="default"
        aria-label={t('emailDomains.checkNowOf', { domain })}
        aria-disabled={send.sending || undefined}
        onClick={() => send.submit(domain)}
      >
        {send.sending ? t('emailDomains.checking') : t('emailDomains.checkNow')}
      </Button>
      {failure !== undefined && (
        <Alert color="yellow" role="alert" w="100%">
          {failureWords(failure, t)}
        </Alert>
      )}
    </>
  );
}
