import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AllocationView } from '@tenure/contracts';
import { useState } from 'react';
import { allocationsQuery } from '../api/queries.js';
import { countWords } from '../lists/count.js';
import { CsvLink } from '../lists/csv-link.js';
import { ListPart } from '../lists/list-part.js';
import { NothingHere } from '../lists/list-states.js';
import type { Column } from '../lists/list-table.js';
import { MorePages } from '../lists/more-pages.js';
import { SearchBox } from '../lists/search-box.js';
import { useWords } from '../words/use-words.js';

/** Which devices use the account's datapoints. */
export function AccountAllocations({ accountId }: { accountId: string }) {
  const { t, format } = useWords();
  const [text, setText] = useState<string>();
  const [cursors, setCursors] = useState<string[]>([]);
  const query = { text, cursor: cursors.at(-1) };
  const list = useQuery(allocationsQuery(accountId, query));
  const columns: Column<AllocationView>[] = [
    { header: t('column.device'), free: true, cell: ({ deviceId }) => deviceId },
    { header: t('column.datasource'), free: true, cell: ({ datasource }) => datasource },
    { header: t('column.datapoints'), numeric: true, cell: ({ datapoints }) => format.number(datapoints) },
  ];
  return (
    <Stack gap="md">
      <Group align="flex-end" justify="space-between">
        <SearchBox
          label={t('list.searchAllocations')}
          text={text}
          onSearch={(next) => {
            setText(next);
            setCursors([]);
          }}
        />
        {list.data && (
          <Group>
            <Text size="sm">{countWords(list.data.count, 'entries', t, format)}</Text>
            <CsvLink path={`/api/accounts/${accountId}/allocations.csv`} query={{ text }} />
          </Group>
        )}
      </Group>
      <ListPart
        list={list}
        label={t('accountPart.allocations')}
        columns={columns}
        keyOf={({ deviceId }) => deviceId}
        skeletons={3}
        nothing={<NothingHere title={text ? t('zones.noMatches') : t('accountPart.noAllocations')} />}
      />
      <MorePages cursors={cursors} next={list.data?.next} onTurn={setCursors} />
    </Stack>
  );
}
