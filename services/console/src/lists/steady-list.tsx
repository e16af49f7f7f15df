import { Flex, Group, Text } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useDeferredValue, useEffect, useRef, type ReactNode, type RefObject } from 'react';
import type { Page } from '../api/queries.js';
import { announce } from '../app/announce.js';
import { ChangesToShow, CouldNotLoad, NotRefetched, NothingHere, type CouldNotLoadProps } from './list-states.js';
import { ListTable, type ListTableProps } from './list-table.js';
import { useWords } from '../words/use-words.js';
import { useLater } from './use-later.js';
import type { SteadyRows } from './use-steady-rows.js';

interface SteadyListProps<Row> extends Pick<ListTableProps<Row>, 'label' | 'columns' | 'sorting'> {
  list: SteadyRows<Row>;
  /** The rows to show; all if left out. */
  rows?: Row[];
  /** The count in words, and anything else to say about the answer. */
  count: (answer: Page<Row>) => ReactNode;
  /** The link that downloads all of it, if there is anything. */
  csv?: ReactNode;
  /** What belongs to the rows and could not be fetched. */
  notFetched?: CouldNotLoadProps | undefined;
  /** Shown when there are no rows. */
  nothing: ReactNode;
}

/** A list in each of its states: loading, failed, empty, or with rows and the changes since they were loaded. */
export function SteadyList<Row>({
  list,
  rows = list.rows,
  count,
  csv,
  notFetched,
  nothing,
  ...table
}: SteadyListProps<Row>) {
  const { t } = useWords();
  const { query, idOf, changes, show } = list;
  // Handle a key before rendering fifty rows.
  const drawn = useDeferredValue(rows);
  const waiting = useLater(query.isPending || (rows.length > 0 && drawn.length === 0));
  /** Only earlier pages still have rows: the rows of this one are gone. */
  const isEmptied = query.data?.items.length === 0 && query.data.count > 0;
  const failed = query.error ? { error: query.error, onTryAgain: () => void query.refetch() } : notFetched;
  const counted = useRef<HTMLParagraphElement>(null);
  useSaidOnceAsked(counted, query.data !== undefined && !query.isPlaceholderData);
  return (
    <>
      {/* On a narrow screen, changes have the room beside the count. */}
      <Flex
        direction={{ base: 'column', xs: 'row' }}
        align={{ base: 'flex-start', xs: 'center' }}
        justify="space-between"
        gap="0.25rem 1rem"
        mih={{ base: 56, xs: 30 }}
      >
        <Group gap="md" mih={30}>
          {query.data && (
            <Text size="sm" ref={counted}>
              {count(query.data)}
            </Text>
          )}
          <ChangesToShow changes={changes} onShow={show} />
          {failed && rows.length > 0 && <NotRefetched {...failed} />}
        </Group>
        {query.data && query.data.count > 0 && csv}
      </Flex>
      {failed && rows.length === 0 && <CouldNotLoad {...failed} />}
      {(rows.length > 0 || waiting) && (
        <ListTable {...table} keyOf={idOf} rows={drawn} skeletons={waiting ? 5 : 0} stale={query.isPlaceholderData} />
      )}
      {query.data &&
        rows.length === 0 &&
        !query.error &&
        (isEmptied ? <NothingHere title={t('list.nothingLeft')} /> : nothing)}
    </>
  );
}

/** A new search or filter leaves the focus where it is; the count announces the result. */
function useSaidOnceAsked(counted: RefObject<HTMLElement | null>, isAnswered: boolean): void {
  const question = JSON.stringify(useSearch({ strict: false }));
  const announced = useRef(question);
  useEffect(() => {
    const words = counted.current?.textContent;
    if (!isAnswered || !words || announced.current === question) return;
    announced.current = question;
    announce(words);
  });
}
