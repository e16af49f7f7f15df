import { Button, Group, Stack, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useMomentWords } from '../account/use-moment-words.js';
import type { Page } from '../api/queries.js';
import { useSession } from '../api/use-session.js';
import { ListPart } from '../lists/list-part.js';
import { NothingHere } from '../lists/list-states.js';
import type { Column } from '../lists/list-table.js';
import { MorePages } from '../lists/more-pages.js';
import { useLater } from '../lists/use-later.js';
import { useWords } from '../words/use-words.js';
import { DeliveryBadge } from './delivery-badge.js';
import { DeliveryDrawer } from './delivery-drawer.js';
import type { Email } from './emails.js';
import { Recipient } from './recipient.js';

interface EmailPagesProps<E extends Email> {
  label: string;
  list: UseQueryResult<Pick<Page<E>, 'items' | 'next'>>;
  /** The account's; by default that of the reader's organization. */
  timeZone?: string;
  /** The link that downloads all of it, if there is anything, unless it is beside the title. */
  csv?: ReactNode;
  /** The cursors of the pages turned to. */
  cursors: readonly string[];
  onTurn: (cursors: readonly string[]) => void;
  /** Shown when there are no rows. */
  none: ReactNode;
  /** What an e-mail is about, where the page does not already say so. */
  about?: (email: E) => ReactNode;
  /** What chooses e-mails: one in its row, or all, above the table. */
  choice?: { all: ReactNode; one: (email: E) => ReactNode } | undefined;
  /** Actions besides opening the details. */
  actions?: (email: E) => ReactNode;
}

/** A list of e-mails, one page at a time, each to one recipient: kind, time, delivery, and details. */
export function EmailPages<E extends Email>({
  label,
  list,
  timeZone: ofAccount,
  csv,
  cursors,
  onTurn,
  none,
  about,
  choice,
  actions,
}: EmailPagesProps<E>) {
  const { t, format } = useWords();
  const words = useMomentWords();
  const { organization } = useSession().member;
  const timeZone = ofAccount ?? organization.timeZone;
  const [shown, show] = useState<string | null>(null);
  const waiting = useLater(list.isPending);
  const hasRows = list.data !== undefined && list.data.items.length > 0;
  const columns: Column<E>[] = [
    ...(choice ? [{ header: t('column.choice'), actions: true, cell: choice.one }] : []),
    { header: t('column.kind'), names: true, cell: ({ kind }) => <Text size="sm">{words.kind(kind)}</Text> },
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
    <Stack gap="md">
      {csv && (waiting || hasRows) && (
        <Group justify="flex-end" mih="1.25rem" data-screen-only>
          {hasRows && csv}
        </Group>
      )}
      {choice?.all}
      <ListPart
        list={list}
        label={label}
        columns={columns}
        keyOf={({ deliveryId }) => deliveryId}
        skeletons={3}
        nothing={cursors.length > 0 ? <NothingHere title={t('list.nothingLeft')} /> : none}
      />
      <MorePages cursors={cursors} next={list.data?.next} onTurn={onTurn} />
      <DeliveryDrawer timeZone={timeZone} deliveryId={shown} onClose={() => show(null)} />
    </Stack>
  );
}
