import { Text } from '@mantine/core';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Page } from '../api/queries.js';
import { LinkTo } from '../app/links.js';
import { useApplicationColumns, useWaitingColumns } from '../applications/application-columns.js';
import { countWords } from '../lists/count.js';
import { ListPart } from '../lists/list-part.js';
import type { Column } from '../lists/list-table.js';
import { useWords } from '../words/use-words.js';
import { useAccountColumns } from '../zones/account-columns.js';
import { OrganizationPart } from './organization-part.js';
import { listsOf, type WayToList } from './organization-queries.js';

/** The active accounts of an organization that expire next. */
export function AccountsEndingNext({ organizationId }: { organizationId: string }) {
  const { t } = useWords();
  const { query, way } = listsOf(organizationId).active;
  const columns = useAccountColumns({ zone: 'active', search: way.search, review: true, ofOneOrganization: true });
  return (
    <Beginning
      title={t('organization.endingNext')}
      list={useQuery(query)}
      of="accounts"
      way={way}
      columns={columns}
      keyOf={({ accountId }) => accountId}
      none={t('organization.noActive')}
    />
  );
}

/** The pending applications of an organization, longest waiting first. */
export function PendingNow({ organizationId }: { organizationId: string }) {
  const { t } = useWords();
  const { query, way } = listsOf(organizationId).pending;
  const columns = useWaitingColumns({ review: true, ofOneOrganization: true, search: way.search });
  return (
    <Beginning
      title={t('review.pendingApplications')}
      list={useQuery(query)}
      of="applications"
      way={way}
      columns={columns}
      keyOf={({ applicationId }) => applicationId}
      none={t('zones.nothingPending')}
    />
  );
}

/** The decided applications of an organization, most recently decided first. */
export function DecidedLately({ organizationId }: { organizationId: string }) {
  const { t } = useWords();
  const { query, way } = listsOf(organizationId).decided;
  const search = { ...way.search, which: 'decided' } as const;
  const columns = useApplicationColumns({ review: true, ofOneOrganization: true, search });
  return (
    <Beginning
      title={t('organization.decidedLately')}
      list={useQuery(query)}
      of="applications"
      way={way}
      columns={columns}
      keyOf={({ applicationId }) => applicationId}
      none={t('zones.nothingDecided')}
    />
  );
}

interface BeginningProps<Row> {
  title: string;
  list: UseQueryResult<Page<Row>>;
  of: 'accounts' | 'applications';
  /** To the whole list, if it has more rows than are shown here. */
  way: WayToList;
  columns: Column<Row>[];
  keyOf: (row: Row) => string;
  /** Shown when there are no rows. */
  none: string;
}

/** The first rows of a list, and the way to all of it. */
function Beginning<Row>({ title, list, of, way, none, ...table }: BeginningProps<Row>) {
  const { t, format } = useWords();
  const { data } = list;
  const all = data && data.count > data.items.length && (
    <LinkTo {...way} size="sm">
      {t('organization.all', { what: countWords(data.count, of, t, format) })}
    </LinkTo>
  );
  return (
    <OrganizationPart title={title} all={all} isWaiting={list.isPending}>
      <ListPart {...table} list={list} label={title} skeletons={2} nothing={<Text size="sm">{none}</Text>} />
    </OrganizationPart>
  );
}
