import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { CouldNotLoad } from './list-states.js';
import { ListTable, type ListTableProps } from './list-table.js';
import { useLater } from './use-later.js';

interface ListPartProps<Row> extends Pick<ListTableProps<Row>, 'label' | 'columns' | 'keyOf'> {
  list: UseQueryResult<{ items: Row[] }>;
  /** How many skeleton rows to show while loading. */
  skeletons: number;
  /** Shown when there are no rows. */
  nothing?: ReactNode;
}

/** A list that is only part of a page in each of its states: loading, failed, empty, or with rows. */
export function ListPart<Row>({ list, skeletons, nothing, ...table }: ListPartProps<Row>) {
  const { data, error, isPending, isPlaceholderData, refetch } = list;
  const waiting = useLater(isPending);
  const rows = data?.items ?? [];
  return (
    <>
      {error && !data && <CouldNotLoad error={error} onTryAgain={() => void refetch()} />}
      {(waiting || rows.length > 0) && (
        <ListTable {...table} rows={rows} skeletons={waiting ? skeletons : 0} stale={isPlaceholderData} />
      )}
      {data && rows.length === 0 && nothing}
    </>
  );
}
