import { Group, NativeSelect, Stack } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { applicationQuery, applicationsQuery } from '../api/queries.js';
import { useListening } from '../api/use-listening.js';
import { useSession } from '../api/use-session.js';
import { ButtonTo } from '../app/links.js';
import { countWords } from '../lists/count.js';
import { CsvLink } from '../lists/csv-link.js';
import { NoMatches, NothingHere } from '../lists/list-states.js';
import { Pages } from '../lists/pages.js';
import { SearchBox } from '../lists/search-box.js';
import { SteadyList } from '../lists/steady-list.js';
import { useSteadyRows } from '../lists/use-steady-rows.js';
import { useWords } from '../words/use-words.js';
import { ZonePage } from '../zones/zone-page.js';
import { useApplicationColumns } from './application-columns.js';
import type { ApplicationSearch } from './application-search.js';
import { applicationTypes } from './types.js';

const route = getRouteApi('/account-management/applications');

/** The zone of all that awaits Customer Success, and of what was decided. */
export function ApplicationsPage() {
  const { t, format } = useWords();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const go = (next: ApplicationSearch, isTurned = false) => void navigate({ search: next, replace: !isTurned });
  const ask = (asked: Partial<ApplicationSearch>) => go({ ...search, ...asked, cursor: undefined });
  const { ofOwn } = useSession();
  const decided = search.which === 'decided';
  const query = {
    status: decided ? 'decided' : 'pending',
    type: search.type,
    text: search.text,
    order: 'desc',
    cursor: search.cursor,
    ...ofOwn,
  } as const;
  const list = useSteadyRows({
    list: applicationsQuery(query),
    idOf: ({ applicationId }) => applicationId,
    one: applicationQuery,
  });
  useListening('applications');
  const columns = useApplicationColumns({ search });
  const isFiltered = search.text !== undefined || search.type !== undefined;

  return (
    <ZonePage zone="applications">
      <Stack gap="md">
        <Group component="search" aria-label={t('list.filters')} align="flex-end" gap="sm">
          <SearchBox label={t('list.searchApplications')} text={search.text} onSearch={(text) => ask({ text })} />
          <NativeSelect
            label={t('column.state')}
            value={search.which ?? ''}
            onChange={({ currentTarget }) => ask({ which: currentTarget.value === 'decided' ? 'decided' : undefined })}
            data={[
              { value: '', label: t('list.pendingFirst') },
              { value: 'decided', label: t('list.decided') },
            ]}
          />
          <NativeSelect
            label={t('column.type')}
            value={search.type ?? ''}
            onChange={({ currentTarget }) =>
              ask({ type: (currentTarget.value || undefined) as ApplicationSearch['type'] })
            }
            data={[
              { value: '', label: t('list.everyType') },
              ...applicationTypes.map((type) => ({ value: type, label: t(`applicationType.${type}`) })),
            ]}
          />
        </Group>
        <SteadyList
          list={list}
          label={t('zones.applications')}
          columns={columns}
          keyOf={({ applicationId }) => applicationId}
          count={({ count }) => countWords(count, 'applications', t, format)}
          csv={<CsvLink path="/api/applications.csv" query={query} />}
          nothing={
            <Nothing
              decided={decided}
              isFiltered={isFiltered}
              onClear={() => ask({ text: undefined, type: undefined })}
            />
          }
        />
        <Pages
          cursor={search.cursor}
          next={list.query.data?.next}
          onTurn={(cursor) => go({ ...search, cursor }, true)}
        />
      </Stack>
    </ZonePage>
  );
}

function Nothing({ decided, isFiltered, onClear }: { decided: boolean; isFiltered: boolean; onClear: () => void }) {
  const { t } = useWords();
  if (isFiltered) return <NoMatches onClear={onClear} />;
  if (decided) return <NothingHere title={t('zones.nothingDecided')} text={t('zones.nothingDecidedNext')} />;
  return (
    <NothingHere
      title={t('zones.nothingPending')}
      text={t('zones.nothingPendingNext')}
      action={
        <ButtonTo to="/account-management/applications" search={{ which: 'decided' }} variant="default">
          {t('action.seeDecided')}
        </ButtonTo>
      }
    />
  );
}
