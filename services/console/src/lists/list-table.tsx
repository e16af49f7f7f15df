/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role -- drawn as cards, it stays a table for screen readers */
import { Skeleton, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconArrowsSort } from '@tabler/icons-react';
import { memo, useDeferredValue, type ReactNode } from 'react';
import { useWords } from '../words/use-words.js';
import classes from './list-table.module.css';

export interface Column<Row> {
  header: string;
  cell: (row: Row) => ReactNode;
  /** The API's name for sorting by this column; absent: not sortable. */
  sort?: string;
  numeric?: boolean;
  /** Actions on the row; only screen readers get the header. */
  actions?: boolean;
  /** Written by people: may be long, and may break anywhere. */
  free?: boolean;
  /** This cell is the row's header; by default the first column's. */
  names?: boolean;
}

export interface Sorting {
  sort: string;
  order: 'asc' | 'desc';
  onSort: (sort: string) => void;
}

export interface ListTableProps<Row> {
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  keyOf: (row: Row) => string;
  sorting?: Sorting;
  /** How many skeleton rows to show while loading; 0: none. */
  skeletons?: number;
  /** The rows are stale and being refetched. */
  stale?: boolean;
}

/** A table whose rows are drawn after the input has been answered: fifty would hold up its paint. */
export function ListTable<Row>(props: ListTableProps<Row>) {
  return <Drawn {...(useDeferredValue(props) as ListTableProps<unknown>)} />;
}

/**
 * A table of plain rows and cells, since fifty rows are created and removed at once. On a narrow screen, or at 400 %,
 * rows become cards headed by what names them.
 */
const Drawn = memo(function Drawn({
  label,
  columns,
  rows,
  keyOf,
  sorting,
  skeletons = 0,
  stale = false,
}: ListTableProps<unknown>) {
  const naming = Math.max(
    0,
    columns.findIndex(({ names }) => names),
  );
  return (
    <table className={classes.table} role="table" aria-label={label} aria-busy={skeletons > 0 || stale}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            // The rows decide how wide the columns are: there is no button to press before, and none moves.
            <Header key={column.header} {...column} {...(sorting && rows.length > 0 && { sorting })} />
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" data-stale={stale || undefined}>
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
            {columns.map(({ header, cell, numeric, actions, free }, index) =>
              index === naming ? (
                <th key={header} role="rowheader" scope="row" data-free={free || undefined}>
                  {cell(row)}
                </th>
              ) : (
                <td
                  key={header}
                  role="cell"
                  data-label={actions ? '' : header}
                  data-actions={actions || undefined}
                  data-free={free || undefined}
                  data-numeric={numeric || undefined}
                >
                  <div className={classes.value}>{cell(row)}</div>
                </td>
              ),
            )}
          </tr>
        ))}
        {Array.from({ length: skeletons }, (_, row) => (
          <tr key={`skeleton ${row}`} aria-hidden>
            {columns.map(({ header }) => (
              <td key={header}>
                <Skeleton height={14} my={5} width={`${60 + ((row * 7) % 30)}%`} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
});

function Header<Row>({ header, sort, numeric, actions, sorting }: Column<Row> & { sorting?: Sorting }) {
  const { t } = useWords();
  const chosen = sort !== undefined && sorting?.sort === sort;
  const direction = chosen ? (sorting.order === 'asc' ? 'ascending' : 'descending') : undefined;
  const Icon = !chosen ? IconArrowsSort : sorting.order === 'asc' ? IconArrowUp : IconArrowDown;
  return (
    <th
      role="columnheader"
      scope="col"
      data-actions={actions || undefined}
      data-numeric={numeric || undefined}
      // Read out before each of its cells, while the button describes its action.
      {...(sort !== undefined && { 'aria-label': header })}
      {...(direction && { 'aria-sort': direction })}
    >
      {sort !== undefined && sorting ? (
        <UnstyledButton
          className={classes.sort}
          onClick={() => sorting.onSort(sort)}
          aria-label={t('list.sortBy', { column: header })}
        >
          {header}
          <Icon size={14} aria-hidden data-chosen={chosen || undefined} />
        </UnstyledButton>
      ) : actions ? (
        <VisuallyHidden>{header}</VisuallyHidden>
      ) : (
        header
      )}
    </th>
  );
}
