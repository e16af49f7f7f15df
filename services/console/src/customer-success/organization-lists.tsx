import { Text } from '@mantine/core';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Page } from '../api/calls.js';
import { LinkTo } from '../app/links.js';
import { useApplicationColumns, useWaitingColumns } from '../applications/application-columns.js';
import { countWords } from '../lists/count.js';
import { CouldNotLoad } from '../lists/list-states.js';
import { ListTable, type Column } from '../lists/list-table.js';
import { Waiting } from '../lists/waiting.js';
import { useWords } from '../words/use-words.js';
import { useAccountColumns } from '../zones/account-columns.js';
import { OrganizationPart } from './organization-part.js';
import { listsOf } from './organization-queries.js';

/** The active accounts of an organization that end first. */
export function AccountsEndingNext({ organizationId }: { organizationId: string }) {
  const { t, format } = useWords();
  const search = { organization: organizationId };
  const query = useQuery(listsOf(organizationId).active);
  const columns = useAccountColumns({ zone: 'active', search, review: true, ofOneOrganization: true });
  return (
    <Beginning
      title={t('organization.endingNext')}
      query={query}
      columns={columns}
      keyOf={({ accountId }) => accountId}
      none={t('organization.noActive')}
      all={(count) => (
        <LinkTo to="/customer-success/accounts" search={search} size="sm">
          {t('organization.all', { what: countWords(count, 'accounts', t, format) })}
        </LinkTo>
      )}
    />
  );
}

/** What of an organization waits for a decision, longest first. */
export function PendingNow({ organizationId }: { organizationId: string }) {
  const { t, format } = useWords();
  const search = { organization: organizationId };
  const query = useQuery(listsOf(organizationId).pending);
  const columns = useWaitingColumns({ review: true, ofOneOrganization: true, search });
  return (
    <Beginning
      title={t('review.pendingApplications')}
      query={query}
      columns={columns}
      keyOf={({ applicationId }) => applicationId}
      none={t('zones.nothingPending')}
      all={(count) => (
        <LinkTo to="/customer-success" search={search} size="sm">
          {t('organization.all', { what: countWords(count, 'applications', t, format) })}
        </LinkTo>
      )}
    />
  );
}

/** What became of an organization's applications, latest decided first. */
export function DecidedLately({ organizationId }: { organizationId: string }) {
  const { t, format } = useWords();
  const search = { organization: organizationId };
  const query = useQuery(listsOf(organizationId).decided);
  const columns = useApplicationColumns({
    review: true,
    ofOneOrganization: true,
    search: { ...search, which: 'decided' },
  });
  return (
    <Beginning
      title={t('organization.decidedLately')}
      query={query}
      columns={columns}
      keyOf={({ applicationId }) => applicationId}
      none={t('zones.nothingDecided')}
      all={(count) => (
        <LinkTo to="/customer-success/decided" search={search} size="sm">
          {t('organization.all', { what: countWords(count, 'applications', t, format) })}
        </LinkTo>
      )}
    />
  );
}

interface BeginningProps<Row> {
  title: string;
  query: UseQueryResult<Page<Row>>;
  columns: Column<Row>[];
  keyOf: (row: Row) => string;
  /** In place of rows when there are none. */
  none: string;
  /** The way to the whole list, where more are in it than stand here. */
  all: (count: number) => ReactNode;
}

/** The beginning of a list, and the way to the whole of it. */
function Beginning<Row>({ title, query, columns, keyOf, none, all }: BeginningProps<Row>) {
  const { data, error, isPending, refetch } = query;
  return (
    <OrganizationPart title={title} all={data && data.count > data.items.length && all(data.count)}>
      {error && !data && <CouldNotLoad error={error} onTryAgain={() => void refetch()} />}
      {isPending && <Waiting height={80} />}
      {data?.items.length === 0 && <Text size="sm">{none}</Text>}
      {data && data.items.length > 0 && <ListTable label={title} columns={columns} rows={data.items} keyOf={keyOf} />}
    </OrganizationPart>
  );
}
