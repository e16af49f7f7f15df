import { Group, NativeSelect, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { applicationsQuery } from '../api/queries.js';
import { Page } from '../app/page.js';
import { useApplicationColumns } from '../applications/application-columns.js';
import { ApplicationList } from '../applications/application-list.js';
import { TypeFilter } from '../applications/type-filter.js';
import { NoMatches, NothingHere } from '../lists/list-states.js';
import { SearchBox } from '../lists/search-box.js';
import { useWords } from '../words/use-words.js';
import { decidedStates, type DecidedSearch } from './decided-search.js';
import { DaysFilter } from './days-filter.js';
import { DecidedFigures } from './decided-figures.js';
import { DeciderFilter } from './decider-filter.js';
import { OrganizationFilter } from './organization-filter.js';
import { ReviewTabs } from './review-tabs.js';

const route = getRouteApi('/customer-success/decided');

/** The decided applications of all organizations, most recently decided first. */
export function DecidedPage() {
  const { t } = useWords();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const go = (next: DecidedSearch, isTurned = false) => void navigate({ search: next, replace: !isTurned });
  const ask = (next: Partial<DecidedSearch>) => go({ ...search, ...next, cursor: undefined });
  const { cursor, ...filters } = search;
  const { text, type, organization, state, by, from, to } = filters;
  const asked = {
    status: state ?? 'decided',
    type,
    organizationId: organization,
    decidedBy: by,
    decidedFrom: from,
    decidedTo: to,
    text,
  } as const;
  const query = { ...asked, sort: 'decided_at', cursor } as const;
  const { data } = useQuery(applicationsQuery(query));
  const columns = useApplicationColumns({ review: true, search: { ...search, which: 'decided' } });
  const isFiltered = Object.keys(filters).length > 0;

  return (
    <Page title={t('review.decidedTitle')} tabs={<ReviewTabs />}>
      <Stack gap="md">
        <Group component="search" aria-label={t('list.filters')} align="flex-end" gap="sm">
          <SearchBox label={t('list.searchApplications')} text={text} onSearch={(wanted) => ask({ text: wanted })} />
          <TypeFilter type={type} onChoose={(chosen) => ask({ type: chosen })} />
          <OrganizationFilter organizationId={organization} onChoose={(chosen) => ask({ organization: chosen })} />
          <NativeSelect
            label={t('column.state')}
            value={state ?? ''}
            onChange={({ currentTarget }) =>
              ask({ state: (currentTarget.value || undefined) as DecidedSearch['state'] })
            }
            data={[
              { value: '', label: t('list.everyState') },
              ...decidedStates.map((value) => ({ value, label: t(`applicationStatus.${value}`) })),
            ]}
          />
          <DeciderFilter rows={data?.items ?? []} by={by} onChoose={(chosen) => ask({ by: chosen })} />
          <DaysFilter from={from} to={to} onChoose={ask} />
        </Group>
        <DecidedFigures query={asked} />
        <ApplicationList
          label={t('review.decidedTitle')}
          query={query}
          columns={columns}
          onTurn={(next) => go({ ...search, cursor: next }, true)}
          nothing={
            isFiltered ? (
              <NoMatches onClear={() => go({})} />
            ) : (
              <NothingHere title={t('zones.nothingDecided')} text={t('zones.nothingDecidedNext')} />
            )
          }
        />
      </Stack>
    </Page>
  );
}
