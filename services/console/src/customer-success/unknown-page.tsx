import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { DeliverySummary } from '@tenure/contracts';
import { useState } from 'react';
import { Recipient } from '../account/recipient.js';
import { useMomentWords } from '../account/use-moment-words.js';
import { unknownDeliveriesQuery } from '../api/queries.js';
import { useSession } from '../api/use-session.js';
import { Page } from '../app/page.js';
import { CouldNotLoad, NothingHere } from '../lists/list-states.js';
import { ListTable, type Column } from '../lists/list-table.js';
import { MorePages } from '../lists/more-pages.js';
import { useLater } from '../lists/use-later.js';
import { useWords } from '../words/use-words.js';
import { About } from './about.js';
import { ReviewTabs } from './review-tabs.js';
import { Settle, type Settling } from './settle.js';

/** E-mails of which nobody knows whether they were sent: people find out, and say so. */
export function UnknownPage() {
  const { t, format } = useWords();
  const words = useMomentWords();
  const { timeZone } = useSession().member.organization;
  const [cursors, turn] = useState<readonly string[]>([]);
  const { data, error, isPending, refetch } = useQuery(unknownDeliveriesQuery({ cursor: cursors.at(-1) }));
  const [settling, settle] = useState<Settling | null>(null);
  const waiting = useLater(isPending);
  const columns: Column<DeliverySummary>[] = [
    {
      header: t('column.recipient'),
      free: true,
      cell: ({ name, email }) => <Recipient name={name} email={email} />,
    },
    { header: t('column.kind'), cell: ({ kind, offset }) => <Text size="sm">{words.kind(offset ?? kind)}</Text> },
    { header: t('column.when'), cell: ({ dueAt }) => <Text size="sm">{format.moment(dueAt, timeZone)}</Text> },
    {
      header: t('unknown.about'),
      free: true,
      cell: (delivery) => <About {...delivery} />,
    },
    {
      header: t('unknown.settle'),
      actions: true,
      cell: (delivery) => (
        <Group gap="xs">
          {(['arrived', 'send_again'] as const).map((resolution) => (
            <Button
              key={resolution}
              variant="default"
              size="compact-sm"
              aria-label={`${t(`unknown.${resolution}`)}: ${delivery.email}`}
              onClick={() => settle({ delivery, resolution })}
            >
              {t(`unknown.${resolution}`)}
            </Button>
          ))}
        </Group>
      ),
    },
  ];
  return (
    <Page title={t('unknown.title')} lead={data && data.items.length > 0 && t('unknown.lead')} tabs={<ReviewTabs />}>
      {error && !data && <CouldNotLoad error={error} onTryAgain={() => void refetch()} />}
      {data?.items.length === 0 &&
        (cursors.length > 0 ? (
          <NothingHere title={t('list.nothingLeft')} />
        ) : (
          <NothingHere title={t('unknown.none')} text={t('unknown.noneNext')} />
        ))}
      <Stack gap="md">
        {(waiting || (data && data.items.length > 0)) && (
          <ListTable
            label={t('unknown.title')}
            columns={columns}
            rows={data?.items ?? []}
            keyOf={({ deliveryId }) => deliveryId}
            skeletons={waiting ? 3 : 0}
          />
        )}
        <MorePages cursors={cursors} next={data?.next} onTurn={turn} />
      </Stack>
      <Settle settling={settling} onClose={() => settle(null)} />
    </Page>
  );
}
