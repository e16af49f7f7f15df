import { useQueries, useQuery, type QueryKey, type UseQueryOptions } from '@tanstack/react-query';
import { useState } from 'react';
import type { Page } from '../api/calls.js';
import { changesBetween, steadyRows } from './steady-rows.js';

interface SteadyList<Row, Key extends QueryKey> {
  list: UseQueryOptions<Page<Row>, Error, Page<Row>, Key>;
  idOf: (row: Row) => string;
  /** One row by itself, for what is shown and has left the list. */
  one: (id: string) => UseQueryOptions<Row, Error, Row, string[]>;
}

export type SteadyRows<Row> = ReturnType<typeof useSteadyRows<Row, QueryKey>>;

/**
 * A list whose rows keep their places while others change things: what is shown is brought up to date where it stands;
 * what came, went or moved is counted, and shown when the reader says so.
 */
export function useSteadyRows<Row, Key extends QueryKey>({ list, idOf, one }: SteadyList<Row, Key>) {
  const query = useQuery({ ...list, refetchOnMount: 'always' });
  const listKey = JSON.stringify(list.queryKey);
  const [shown, setShown] = useState<{ listKey: string; ids: string[]; rows: Map<string, Row> }>();

  const fresh = query.data?.items;
  const settled = shown?.listKey === listKey;
  // The first answer since the page was opened or the question changed sets the places.
  if (fresh && !query.isPlaceholderData && !settled && query.isFetchedAfterMount && !query.isFetching)
    setShown({ listKey, ids: fresh.map(idOf), rows: new Map(fresh.map((row) => [idOf(row), row])) });

  const gone = settled && fresh ? shown.ids.filter((id) => !fresh.some((row) => idOf(row) === id)) : [];
  const alone = useQueries({ queries: gone.map(one) }).flatMap(({ data }) => (data === undefined ? [] : [data]));
  const rows = settled && fresh ? steadyRows(shown, [...fresh, ...alone], idOf) : (fresh ?? []);
  return {
    query,
    rows,
    changes: settled && fresh ? changesBetween(shown.ids, fresh.map(idOf)) : 0,
    show: () => setShown(undefined),
  };
}
