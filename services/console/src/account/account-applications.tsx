import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { applicationsQuery } from '../api/queries.js';
import { useListening } from '../api/use-listening.js';
import { useApplicationColumns } from '../applications/application-columns.js';
import { countWords } from '../lists/count.js';
import { CsvLink } from '../lists/csv-link.js';
import { CouldNotLoad, NothingHere } from '../lists/list-states.js';
import { ListTable } from '../lists/list-table.js';
import { MorePages } from '../lists/more-pages.js';
import { useLater } from '../lists/use-later.js';
import { useWords } from '../words/use-words.js';

/** The applications for this account, newest first. */
export function AccountApplications({ accountId, review }: { accountId: string; review: boolean }) {
  const { t, format } = useWords();
  const [cursors, setCursors] = useState<string[]>([]);
  const list = useQuery(applicationsQuery({ accountId, cursor: cursors.at(-1) }));
  useListening('applications');
  const waiting = useLater(list.isPending);
  const columns = useApplicationColumns({ review, ofOneAccount: true });
  const rows = list.data?.items ?? [];
  return (
    <Stack gap="md">
      {list.data && list.data.count > 0 && (
        <Group justify="space-between">
          <Text size="sm">{countWords(list.data.count, 'applications', t, format)}</Text>
          <CsvLink path="/api/applications.csv" query={{ accountId }} />
        </Group>
      )}
      {list.error && <CouldNotLoad error={list.error} onTryAgain={() => void list.refetch()} />}
      {(rows.length > 0 || waiting) && (
        <ListTable
          label={t('accountPart.applications')}
          columns={columns}
          rows={rows}
          keyOf={({ applicationId }) => applicationId}
          skeletons={waiting ? 3 : 0}
        />
      )}
      {list.data && rows.length === 0 && <NothingHere title={t('accountPart.noApplications')} />}
      <MorePages cursors={cursors} next={list.data?.next} onTurn={setCursors} />
    </Stack>
  );
}
