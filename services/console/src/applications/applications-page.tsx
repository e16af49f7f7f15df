import { Group, NativeSelect, Stack } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useSession } from '../api/use-session.js';
import { ButtonTo } from '../app/links.js';
import { NoMatches, NothingHere } from '../lists/list-states.js';
import { SearchBox } from '../lists/search-box.js';
import { useWords } from '../words/use-words.js';
import { ZonePage } from '../zones/zone-page.js';
import { useApplicationColumns } from './application-columns.js';
import { ApplicationList } from './application-list.js';
import type { ApplicationSearch } from './application-search.js';
import { TypeFilter } from './type-filter.js';

const route = getRouteApi('/account-management/applications');

/** The zone of pending and decided applications. */
export function ApplicationsPage() {
  const { t } = useWords();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const go = (next: ApplicationSearch, isTurned = false) => void navigate({ search: next, replace: !isTurned });
  const ask = (asked: Partial<ApplicationSearch>) => go({ ...search, ...asked, cursor: undefined });
  const { ofOwn } = useSession();
  const decided = search.which === 'decided';
  const query = {
    status: decided ? 'decided' : 'pending',
    sort: decided ? 'decided_at' : undefined,
    type: search.type,
    text: search.text,
    order: 'desc',
    cursor: search.cursor,
    ...ofOwn,
  } as const;
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
          <TypeFilter type={search.type} onChoose={(type) => ask({ type })} />
        </Group>
        <ApplicationList
          label={t('zones.applications')}
          query={query}
          columns={columns}
          onTurn={(cursor) => go({ ...search, cursor }, true)}
          nothing={
            <Nothing
              decided={decided}
              isFiltered={isFiltered}
              onClear={() => ask({ text: undefined, type: undefined })}
            />
          }
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
