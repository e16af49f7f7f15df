import { useQueries, useQuery, type QueryKey, type UseQueryOptions } from '@tanstack/react-query';
import { useState } from 'react';
import type { Page } from '../api/queries.js';
import { changesBetween, steadyRows } from './steady-rows.js';

interface SteadyList<Row, Key extends QueryKey> {
  list: UseQueryOptions<Page<Row>, Error, Page<Row>, Key>;
  idOf: (row: Row) => string;
  /** One row alone, for rows that are shown but have left the list. */
  one: (id: string) => UseQueryOptions<Row, Error, Row, string[]>;
}

export type SteadyRows<Row> = ReturnType<typeof useSteadyRows<Row, QueryKey>>;

/**
 * A list whose rows keep their places while others change things: visible rows are updated in place; additions,
 * removals and moves are counted, and shown when the reader asks.
 */
export function useSteadyRows<Row, Key extends QueryKey>({ list, idOf, one }: SteadyList<Row, Key>) {
  const query = useQuery({ ...list, refetchOnMount: 'always' });
  const listKey = JSON.stringify(list.queryKey);
  const [shown, setShown] = useState<{ listKey: string; ids: string[]; rows: Map<string, Row> }>();

  const fresh = query.data?.items;
  const settled = shown?.listKey === listKey;
  // The first answer after the page was opened, or after its filters changed, sets the order.
  if (fresh && !query.isPlaceholderData && !settled && query.isFetchedAfterMount && !query.isFetching)
    setShown({ listKey, ids: fresh.map(idOf), rows: new Map(fresh.map((row) => [idOf(row), row])) });

  const gone = settled && fresh ? shown.ids.filter((id) => !fresh.some((row) => idOf(row) === id)) : [];
  const alone = useQueries({ queries: gone.map(one) }).flatMap(({ data }) => (data === undefined ? [] : [data]));
  const rows = settled && fresh ? steadyRows(shown, [...fresh, ...alone], idOf) : (fresh ?? []);
  return {
    query,
    rows,
    idOf,
    changes: settled && fresh ? changesBetween(shown.ids, fresh.map(idOf)) : 0,
    show: () => setShown(undefined),
  };
}
