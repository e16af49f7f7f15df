import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { applicationsQuery } from '../api/queries.js';
import { useApplicationColumns } from '../applications/application-columns.js';
import { countWords } from '../lists/count.js';
import { CsvLink } from '../lists/csv-link.js';
import { ListPart } from '../lists/list-part.js';
import { NothingHere } from '../lists/list-states.js';
import { MorePages } from '../lists/more-pages.js';
import { useTurnedPages } from '../lists/use-turned-pages.js';
import { useWords } from '../words/use-words.js';

interface AccountApplicationsProps {
  accountId: string;
  timeZone: string;
  review: boolean;
}

/** The applications for this account, newest first. */
export function AccountApplications({ accountId, timeZone, review }: AccountApplicationsProps) {
  const { t, format } = useWords();
  const [cursors, turn] = useTurnedPages('applications', { inPlace: true });
  const list = useQuery(applicationsQuery({ accountId, cursor: cursors.at(-1) }));
  const columns = useApplicationColumns({ review, ofOneAccount: true, timeZone });
  return (
    <Stack gap="md">
      {(list.isPending || (list.data && list.data.count > 0)) && (
        <Group justify="space-between" mih="1.25rem">
          {list.data && (
            <>
              <Text size="sm">{countWords(list.data.count, 'applications', t, format)}</Text>
              <CsvLink path="/api/applications.csv" query={{ accountId }} />
            </>
          )}
        </Group>
      )}
      <ListPart
        list={list}
        label={t('accountPart.applications')}
        columns={columns}
        keyOf={({ applicationId }) => applicationId}
        skeletons={3}
        nothing={<NothingHere title={t('accountPart.noApplications')} />}
      />
      <MorePages cursors={cursors} next={list.data?.next} onTurn={turn} />
    </Stack>
  );
}
