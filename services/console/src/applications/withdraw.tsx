import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ApplicationView } from '@tenure/contracts';
import { withdraw } from '../api/calls.js';
import { keepApplication } from '../api/keep-answer.js';
import { accountQuery } from '../api/queries.js';
import { useSend } from '../api/use-send.js';
import { announce } from '../app/announce.js';
import { NotDone } from '../app/not-done.js';
import { useTitleWhenGone } from '../app/use-title-when-gone.js';
import { useSendLabel } from '../app/use-send-label.js';
import { useWords } from '../words/use-words.js';

/** Takes a pending application back, after asking. Whoever was decided by then sees what holds. */
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
    onAnswer: (application) => {
      show(application);
      announce(t('application.withdrawn'));
    },
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
      <Modal
        opened={isOpen}
        onClose={close}
        title={t('application.withdrawTitle')}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        <Stack gap="md">
          <Text size="sm">{t('application.withdrawText')}</Text>
          {request.type === 'renew_subscription' && <WhatStops accountId={request.accountId} />}
          <NotDone send={send} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('action.cancel')}
            </Button>
            <Button color="red.9" aria-disabled={send.sending || undefined} onClick={() => send.submit({})}>
              {label(send, t('action.withdraw'))}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

/** Past its last day, an account works by its pending renewal alone. Said also to those who do not see it come. */
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
