import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { organizationsQuery, type FoundOrganization } from '../api/queries.js';
import { LinkTo } from '../app/links.js';
import { Page } from '../app/page.js';
import { countText, countWords } from '../lists/count.js';
import { CsvLink } from '../lists/csv-link.js';
import { NoMatches, NothingHere } from '../lists/list-states.js';
import type { Column } from '../lists/list-table.js';
import { Pages } from '../lists/pages.js';
import { SearchBox } from '../lists/search-box.js';
import { SteadyList } from '../lists/steady-list.js';
import { useWords } from '../words/use-words.js';
import type { OrganizationsSearch } from './organizations-search.js';
import { ReviewTabs } from './review-tabs.js';

const route = getRouteApi('/customer-success/organizations');

const idOf = ({ organizationId }: FoundOrganization) => organizationId;

/** All organizations by name, with their active accounts and pending applications. */
export function OrganizationsPage() {
  const { t, format } = useWords();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const go = (next: OrganizationsSearch, isTurned = false) => void navigate({ search: next, replace: !isTurned });
  const query = useQuery(organizationsQuery(search));
  const columns = useColumns(search);
  return (
    <Page title={t('review.organizations')} tabs={<ReviewTabs />}>
      <Stack gap="md">
        <Group component="search" aria-label={t('list.filters')} align="flex-end" gap="sm">
          <SearchBox label={t('list.searchOrganizations')} text={search.text} onSearch={(text) => go({ text })} />
        </Group>
        <SteadyList
          // Names hardly ever change, and nothing else moves a row.
          list={{ query, rows: query.data?.items ?? [], idOf, changes: 0, show: () => undefined }}
          label={t('review.organizations')}
          columns={columns}
          count={({ count }) => countWords(count, 'organizations', t, format)}
          csv={<CsvLink path="/api/organizations.csv" query={{ text: search.text }} />}
          nothing={
            search.text ? <NoMatches onClear={() => go({})} /> : <NothingHere title={t('review.noOrganizations')} />
          }
        />
        <Pages cursor={search.cursor} next={query.data?.next} onTurn={(cursor) => go({ ...search, cursor }, true)} />
      </Stack>
    </Page>
  );
}

function useColumns(search: OrganizationsSearch): Column<FoundOrganization>[] {
  const { t, format } = useWords();
  const shown = (count: number) => countText(count, t, format);
  return [
    {
      header: t('column.organization'),
      free: true,
      cell: ({ organizationId, name }) => (
        <LinkTo
          to="/customer-success/organizations/$organizationId"
          params={{ organizationId }}
          search={search}
          fw={600}
          inherit
        >
          {name}
        </LinkTo>
      ),
    },
    { header: t('form.country'), cell: ({ country }) => <Text size="sm">{country && format.country(country)}</Text> },
    {
      header: t('zones.active'),
      numeric: true,
      cell: ({ organizationId: organization, name, activeAccounts: count }) =>
        count !== undefined && (
          <LinkTo
            to="/customer-success/accounts"
            search={{ organization }}
            size="sm"
            aria-label={`${t('zones.active')}: ${shown(count)}, ${name}`}
          >
            {shown(count)}
          </LinkTo>
        ),
    },
    {
      header: t('review.pendingApplications'),
      numeric: true,
      cell: ({ organizationId: organization, name, pendingApplications: count }) =>
        count !== undefined && (
          <LinkTo
            to="/customer-success"
            search={{ organization }}
            size="sm"
            aria-label={`${t('review.pendingApplications')}: ${shown(count)}, ${name}`}
          >
            {shown(count)}
          </LinkTo>
        ),
    },
  ];
}
