import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { timelineQuery } from '../api/queries.js';
import { CsvLink } from '../lists/csv-link.js';
import { CouldNotLoad, NothingHere } from '../lists/list-states.js';
import { ListTable, type Column } from '../lists/list-table.js';
import { useLater } from '../lists/use-later.js';
import { useWords } from '../words/use-words.js';
import { useState } from 'react';
import { DeliveryDrawer } from './delivery-drawer.js';
import { emailsOf, type Email } from './emails.js';
import { Recipient } from './recipient.js';
import { useMomentWords } from './use-moment-words.js';

/** Each e-mail about the account, to whom, when, and whether it arrived; newest first. */
export function AccountEmails({ accountId, timeZone }: { accountId: string; timeZone: string }) {
  const { t, format } = useWords();
  const words = useMomentWords();
  const { data, error, isPending, refetch } = useQuery(timelineQuery(accountId));
  const waiting = useLater(isPending);
  const [shown, show] = useState<string | null>(null);
  const rows = data ? emailsOf(data.moments) : [];
  const columns: Column<Email>[] = [
    { header: t('column.kind'), cell: ({ kind }) => <Text size="sm">{words.kind(kind)}</Text> },
    {
      header: t('column.recipient'),
      free: true,
      cell: ({ name, email }) => <Recipient name={name} email={email} />,
    },
    { header: t('column.when'), cell: ({ at }) => <Text size="sm">{format.moment(at, timeZone)}</Text> },
    {
      header: t('column.delivery'),
      free: true,
      cell: ({ status, reason }) => (
        <Stack gap={2} align="flex-start">
          <Badge variant="default">{t(`delivery.${status}`)}</Badge>
          {reason && (
            <Text size="xs" c="dimmed">
              {words.reason(reason)}
            </Text>
          )}
        </Stack>
      ),
    },
    {
      header: t('email.details'),
      actions: true,
      cell: ({ deliveryId, kind, email }) => (
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={t('email.detailsOf', { kind: words.kind(kind), email })}
          onClick={() => show(deliveryId)}
        >
          {t('email.details')}
        </Button>
      ),
    },
  ];
  if (error && !data) return <CouldNotLoad error={error} onTryAgain={() => void refetch()} />;
  if (data && rows.length === 0) return <NothingHere title={t('accountPart.noEmails')} />;
  return (
    <Stack gap="md">
      <Group justify="flex-end">
        <CsvLink path={`/api/accounts/${accountId}/emails.csv`} query={{}} />
      </Group>
      <ListTable
        label={t('accountPart.emails')}
        columns={columns}
        rows={rows}
        keyOf={({ deliveryId }) => deliveryId}
        skeletons={waiting ? 3 : 0}
      />
      <DeliveryDrawer accountId={accountId} timeZone={timeZone} deliveryId={shown} onClose={() => show(null)} />
    </Stack>
  );
}
