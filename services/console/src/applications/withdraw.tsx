import { Alert, Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ApplicationView } from '@tenure/contracts';
import { withdraw } from '../api/calls.js';
import { keepApplication } from '../api/keep-answer.js';
import { accountQuery } from '../api/queries.js';
import { useSend } from '../api/use-send.js';
import { announce } from '../app/announce.js';
import { AskFirst } from '../app/ask-first.js';
import { NotDone } from '../app/not-done.js';
import { useTitleWhenGone } from '../app/use-title-when-gone.js';
import { useSendLabel } from '../app/use-send-label.js';
import { useWords } from '../words/use-words.js';

/** Withdraws a pending application, after confirmation. If it was decided first, the user sees the outcome. */
export function Withdraw({ application: { applicationId, request } }: { application: ApplicationView }) {
  const { t } = useWords();
  const label = useSendLabel();
  const queries = useQueryClient();
  const [isOpen, { open, close }] = useDisclosure(false);
  useTitleWhenGone();
  const show = (application: ApplicationView) => {
    keepApplication(queries, application);
    close();
  };
  const send = useSend<Record<string, never>, ApplicationView>({
    scope: `withdraw/${applicationId}`,
    send: (_, options) => withdraw(applicationId, options),
    onAnswer: show,
    onRefusal: ({ problem }) => {
      if (problem.code !== 'application_already_decided') return;
      const application = problem.current as ApplicationView;
      show(application);
      announce(t('application.tooLate', { state: t(`applicationStatus.${application.status}`) }));
    },
  });
  return (
    <>
      <Button variant="default" onClick={open}>
        {t('action.withdraw')}
      </Button>
      <AskFirst
        opened={isOpen}
        onClose={close}
        title={t('application.withdrawTitle')}
        does={label(send, t('action.withdraw'))}
        isUnderWay={send.sending}
        onSure={() => send.submit({})}
      >
        <Text size="sm">{t('application.withdrawText')}</Text>
        {request.type === 'renew_subscription' && <WhatStops accountId={request.accountId} />}
        <NotDone send={send} />
      </AskFirst>
    </>
  );
}

/** Past its last day, an account works only because of its pending renewal. Also announced to screen readers. */
function WhatStops({ accountId }: { accountId: string }) {
  const { t } = useWords();
  const { data: account } = useQuery(accountQuery(accountId));
  if (account?.state !== 'active' || account.daysLeft >= 0) return null;
  return (
    <Alert color="red" role="alert">
      {t('application.withdrawStops')}
    </Alert>
  );
}
