import { Button, Group, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useMomentWords } from '../account/use-moment-words.js';
import { ListTable, type Column } from '../lists/list-table.js';
import { useWords } from '../words/use-words.js';
import { DeliveryBadge } from './delivery-badge.js';
import { DeliveryDrawer } from './delivery-drawer.js';
import type { Email } from './emails.js';
import { Recipient } from './recipient.js';

interface EmailTableProps<E extends Email> {
  label: string;
  emails: E[];
  timeZone: string;
  /** What an e-mail is about, where the page does not already say so. */
  about?: (email: E) => ReactNode;
  /** Actions besides opening the details. */
  actions?: (email: E) => ReactNode;
  skeletons: number;
  stale?: boolean;
}

/** A table of e-mails, each to one recipient: kind, time, delivery, and details. */
export function EmailTable<E extends Email>({
  label,
  emails,
  timeZone,
  about,
  actions,
  skeletons,
  stale = false,
}: EmailTableProps<E>) {
  const { t, format } = useWords();
  const words = useMomentWords();
  const [shown, show] = useState<string | null>(null);
  const columns: Column<E>[] = [
    { header: t('column.kind'), cell: ({ kind }) => <Text size="sm">{words.kind(kind)}</Text> },
    {
      header: t('column.recipient'),
      free: true,
      cell: (email) => <Recipient {...email} />,
    },
    { header: t('column.when'), cell: ({ at }) => <Text size="sm">{format.moment(at, timeZone)}</Text> },
    ...(about ? [{ header: t('email.about'), free: true, cell: about }] : []),
    {
      header: t('column.delivery'),
      free: true,
      cell: ({ status, reason }) => (
        <Stack gap={2} align="flex-start">
          <DeliveryBadge status={status} />
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
      cell: (email) => (
        <Group gap="xs">
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={t('email.detailsOf', {
              kind: words.kind(email.kind),
              email: email.contentsRemovedAt ? t('email.recipientRemoved') : email.email,
            })}
            onClick={() => show(email.deliveryId)}
          >
            {t('email.details')}
          </Button>
          {actions?.(email)}
        </Group>
      ),
    },
  ];
  return (
    <>
      <ListTable
        label={label}
        columns={columns}
        rows={emails}
        keyOf={({ deliveryId }) => deliveryId}
        skeletons={skeletons}
        stale={stale}
      />
      <DeliveryDrawer timeZone={timeZone} deliveryId={shown} onClose={() => show(null)} />
    </>
  );
}
