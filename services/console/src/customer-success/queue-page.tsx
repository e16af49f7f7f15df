import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Checkbox.layer.css';
import { Badge, Box, Checkbox, Group, Loader, Stack, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { ApplicationCheck, ApplicationView } from '@tenure/contracts';
import { applicationQuery } from '../api/queries.js';
import { ButtonTo } from '../app/links.js';
import { Page } from '../app/page.js';
import { useKeys } from '../app/use-keys.js';
import { useAskedColumns } from '../applications/application-columns.js';
import { StatusBadge } from '../applications/status-badge.js';
import { TypeFilter } from '../applications/type-filter.js';
import { countWords } from '../lists/count.js';
import { CsvLink } from '../lists/csv-link.js';
import { NoMatches, NothingHere } from '../lists/list-states.js';
import type { Column } from '../lists/list-table.js';
import { SearchBox } from '../lists/search-box.js';
import { SteadyList } from '../lists/steady-list.js';
import { useLater } from '../lists/use-later.js';
import { useSteadyRows } from '../lists/use-steady-rows.js';
import { useWords } from '../words/use-words.js';
import { OrganizationFilter } from './organization-filter.js';
import { filtersByChecks, matchesFilters, queueLength, queueQuery } from './queue.js';
import type { QueueSearch } from './queue-search.js';
import { ReviewTabs } from './review-tabs.js';
import { useApprovalWords } from './use-approval-words.js';
import { useChecks } from './use-checks.js';
import { mayBeMarked, nowOf, waitingOf, type Waiting } from './waiting.js';

const route = getRouteApi('/customer-success/');

/** All pending applications, oldest first, each with today's checks. */
export function QueuePage() {
  const { t, format } = useWords();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const ask = (asked: Partial<QueueSearch>) => void navigate({ search: { ...search, ...asked }, replace: true });
  const list = useSteadyRows({
    list: queueQuery(search),
    idOf: ({ applicationId }) => applicationId,
    one: applicationQuery,
  });
  const { checks, areKnown, error, again } = useChecks(list.rows);
  const byChecks = filtersByChecks(search);
  const isUnknown = byChecks && !areKnown;
  const late = useLater(isUnknown && !error);
  const shown = list.rows.filter((row) => matchesFilters(row, checks.get(row.applicationId), search));
  const first = shown.find(({ status }) => status === 'pending');
  useKeys({
    j: () =>
      first &&
      void navigate({
        to: '/customer-success/applications/$applicationId',
        params: { applicationId: first.applicationId },
        search,
      }),
  });
  const isFiltered = Object.keys(search).length > 0;
  const columns = useColumns(checks, search, !areKnown && !error);

  return (
    <Page title={t('review.queue')} tabs={<ReviewTabs />}>
      <Stack gap="md">
        <Group component="search" aria-label={t('list.filters')} align="flex-end" gap="sm">
          <SearchBox label={t('list.searchApplications')} text={search.text} onSearch={(text) => ask({ text })} />
          <TypeFilter type={search.type} onChoose={(type) => ask({ type })} />
          <OrganizationFilter organizationId={search.organization} onChoose={(organization) => ask({ organization })} />
          <Group gap="lg" mb={6}>
            <Checkbox
              label={t('review.overdueOnly')}
              checked={search.overdue !== undefined}
              onChange={({ currentTarget }) => ask({ overdue: currentTarget.checked ? 'yes' : undefined })}
            />
            <Checkbox
              label={t('review.failingOnly')}
              checked={search.failing !== undefined}
              onChange={({ currentTarget }) => ask({ failing: currentTarget.checked ? 'yes' : undefined })}
            />
          </Group>
        </Group>
        <SteadyList
          list={list}
          rows={shown}
          label={t('review.queue')}
          columns={columns}
          count={({ count, next }) => (
            <>
              {!isUnknown && countWords(byChecks ? shown.length : count, 'applications', t, format)}
              {next && (
                <Text span size="sm" ml="md">
                  {' '}
                  {t('review.oldest', { count: queueLength })}
                </Text>
              )}
            </>
          )}
          csv={
            // Which checks fail is known only here: the file would contain the filtered-out rows as well.
            search.failing === undefined && (
              <CsvLink
                path="/api/applications.csv"
                query={{
                  status: 'pending',
                  text: search.text,
                  type: search.type,
                  organizationId: search.organization,
                  overdue: search.overdue && true,
                }}
              />
            )
          }
          notFetched={error ? { title: t('review.notChecked'), error, onTryAgain: again } : undefined}
          nothing={
            isUnknown ? (
              late && <Loader aria-label={t('list.loading')} />
            ) : isFiltered ? (
              <NoMatches onClear={() => void navigate({ search: {}, replace: true })} />
            ) : (
              <NothingHere
                title={t('zones.nothingPending')}
                text={t('review.nothingNext')}
                action={
                  <ButtonTo to="/customer-success/decided" variant="default">
                    {t('action.seeDecided')}
                  </ButtonTo>
                }
              />
            )
          }
        />
      </Stack>
    </Page>
  );
}

/** @param isWaiting the checks are loading */
function useColumns(
  checks: ReadonlyMap<string, ApplicationCheck>,
  search: QueueSearch,
  isWaiting: boolean,
): Column<ApplicationView>[] {
  const { t, format } = useWords();
  const approval = useApprovalWords();
  return [
    {
      header: t('review.waiting'),
      cell: ({ applicationId, submittedAt, status }) => {
        const check = checks.get(applicationId);
        if (status !== 'pending') return <StatusBadge status={status} />;
        const waiting = check && waitingOf(submittedAt, check, nowOf(check));
        return (
          <>
            <Text size="sm">
              {waiting
                ? t(`review.${waiting.unit}`, { count: waiting.count, shown: format.number(waiting.count) })
                : isWaiting && '…'}
            </Text>
            {/* The column is as wide with a mark as without, and the row as high before the checks are there. */}
            <Box display="grid" style={{ justifyItems: 'start' }}>
              {waiting?.mark && (
                <Box style={{ gridArea: '1 / 1' }}>
                  <MarkBadge {...waiting.mark} />
                </Box>
              )}
              <Box
                h={mayBeMarked(submittedAt, new Date().toISOString()) ? undefined : 0}
                style={{ gridArea: '1 / 1', visibility: 'hidden' }}
                data-screen-only
                aria-hidden
              >
                <MarkBadge what="escalated" overWorkingDays={5} />
              </Box>
            </Box>
          </>
        );
      },
    },
    ...useAskedColumns({ review: true, search }),
    {
      header: t('review.checks'),
      free: true,
      cell: (application) => {
        const check = checks.get(application.applicationId);
        if (application.status !== 'pending') return null;
        if (!check)
          return (
            isWaiting && (
              <Text size="sm">
                …
                <span aria-hidden style={{ visibility: 'hidden' }}>
                  {t('review.allMet')}
                </span>
              </Text>
            )
          );
        const { preview } = check;
        if (!preview) return <Text size="sm">{t('review.notChecked')}</Text>;
        return (
          <Text size="sm" fw={preview.approvable ? undefined : 650}>
            {preview.approvable ? `✓ ${t('review.allMet')}` : `✗ ${approval(application, preview).why}`}
          </Text>
        );
      },
    },
  ];
}

function MarkBadge({ what, overWorkingDays: count }: NonNullable<Waiting['mark']>) {
  const { t, format } = useWords();
  const late =
    what === 'escalated'
      ? ({ color: 'red.9', c: 'white', sentence: 'notice.application_escalated' } as const)
      : ({ color: 'yellow.4', c: 'black', sentence: 'notice.application_waiting' } as const);
  return (
    <Badge color={late.color} c={late.c} mt={4}>
      {count === undefined ? t(late.sentence) : t('review.overWorkingDays', { count, shown: format.number(count) })}
    </Badge>
  );
}
