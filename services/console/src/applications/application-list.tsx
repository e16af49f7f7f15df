import type { ApplicationView } from '@tenure/contracts';
import type { ReactNode } from 'react';
import { applicationQuery, applicationsQuery, type ApplicationsQuery } from '../api/queries.js';
import { countWords } from '../lists/count.js';
import { CsvLink } from '../lists/csv-link.js';
import type { Column } from '../lists/list-table.js';
import { Pages } from '../lists/pages.js';
import { SteadyList } from '../lists/steady-list.js';
import { useSteadyRows } from '../lists/use-steady-rows.js';
import { useWords } from '../words/use-words.js';

interface ApplicationListProps {
  label: string;
  query: ApplicationsQuery;
  columns: Column<ApplicationView>[];
  onTurn: (cursor: string | undefined) => void;
  /** Shown when there are no rows. */
  nothing: ReactNode;
}

/** A paginated list of applications. */
export function ApplicationList({ label, query, columns, onTurn, nothing }: ApplicationListProps) {
  const { t, format } = useWords();
  const list = useSteadyRows({
    list: applicationsQuery(query),
    idOf: ({ applicationId }) => applicationId,
    one: applicationQuery,
  });
  return (
    <>
      <SteadyList
        list={list}
        label={label}
        columns={columns}
        count={({ count }) => countWords(count, 'applications', t, format)}
        csv={<CsvLink path="/api/applications.csv" query={query} />}
        nothing={nothing}
      />
      <Pages cursor={query.cursor} next={list.query.data?.next} onTurn={onTurn} />
    </>
  );
}
