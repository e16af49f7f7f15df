import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ApplicationView } from '@tenure/contracts';
import { applicationsQuery } from '../api/queries.js';
import { useSession } from '../api/use-session.js';
import { LinkTo } from '../app/links.js';
import { DecisionWords } from '../applications/decision-words.js';
import { DiffInBrief } from '../applications/diff.js';
import { StatusBadge } from '../applications/status-badge.js';
import { countText } from '../lists/count.js';
import { CouldNotLoad } from '../lists/list-states.js';
import { ListTable, type Column } from '../lists/list-table.js';
import { Waiting } from '../lists/waiting.js';
import { useWords } from '../words/use-words.js';

const route = getRouteApi('/customer-success/applications/$applicationId');

/** Earlier applications for the same account, or for a new account of the same name, with their outcomes. */
export function History({ application }: { application: ApplicationView }) {
  const { applicationId, accountId, accountName, organizationId } = application;
  const { t, format } = useWords();
  const columns = useHistoryColumns();
  const { data, error, refetch } = useQuery(
    applicationsQuery({ ...(accountId === null ? { organizationId, text: accountName } : { accountId }), limit: 20 }),
  );
  if (!data)
    return error ? (
      <CouldNotLoad error={error} onTryAgain={() => void refetch()} />
    ) : (
      // A new account has no history; another application has at least that of the account.
      <Waiting height={accountId === null ? 20 : 154} />
    );
  const isSame = (other: ApplicationView) => accountId !== null || isNamed(other, accountName);
  const others = data.items.filter((other) => other.applicationId !== applicationId && isSame(other));
  if (others.length === 0)
    return <Text size="sm">{t(accountId === null ? 'review.noHistory' : 'review.firstOne')}</Text>;
  return (
    <Stack gap="sm" align="flex-start">
      {accountId === null && <Text size="sm">{t('review.sameName')}</Text>}
      <ListTable label={t('review.history')} rows={others} keyOf={(row) => row.applicationId} columns={columns} />
      {data.next && accountId !== null && (
        <Text size="sm">
          {t('review.latest', { count: others.length, of: countText(data.count - 1, t, format) })}{' '}
          <LinkTo
            to="/customer-success/accounts/$accountId"
            params={{ accountId }}
            search={{ show: 'applications' }}
            inherit
          >
            {t('review.wholeHistory', { name: accountName })}
          </LinkTo>
        </Text>
      )}
    </Stack>
  );
}

/** The search also finds names that contain this one. */
function isNamed(application: ApplicationView, name: string): boolean {
  return application.accountName.localeCompare(name, undefined, { sensitivity: 'accent' }) === 0;
}

function useHistoryColumns(): Column<ApplicationView>[] {
  const { t, format } = useWords();
  const { timeZone } = useSession().member.organization;
  const search = route.useSearch();
  return [
    {
      header: t('column.type'),
      cell: (row) => (
        <LinkTo
          to="/customer-success/applications/$applicationId"
          params={{ applicationId: row.applicationId }}
          search={search}
          size="sm"
        >
          {t(`applicationType.${row.type}`)}
        </LinkTo>
      ),
    },
    { header: t('column.change'), free: true, cell: (row) => <DiffInBrief application={row} /> },
    { header: t('column.applicant'), free: true, cell: (row) => row.applicant.name },
    { header: t('column.sent'), cell: (row) => <Text size="sm">{format.moment(row.submittedAt, timeZone)}</Text> },
    {
      header: t('column.state'),
      free: true,
      cell: (row) => (
        <Stack gap={4} align="flex-start">
          <StatusBadge status={row.status} />
          <DecisionWords application={row} timeZone={timeZone} />
        </Stack>
      ),
    },
  ];
}
