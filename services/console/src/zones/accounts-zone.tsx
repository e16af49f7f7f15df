import { Group, NativeSelect, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { accountQuery, accountsQuery, licensesQuery, type AccountsQuery } from '../api/queries.js';
import { useSession } from '../api/use-session.js';
import { countWords } from '../lists/count.js';
import { CsvLink } from '../lists/csv-link.js';
import { NoMatches, NothingHere } from '../lists/list-states.js';
import { Pages } from '../lists/pages.js';
import { SearchBox } from '../lists/search-box.js';
import { SteadyList } from '../lists/steady-list.js';
import { useSteadyRows } from '../lists/use-steady-rows.js';
import { useWords } from '../words/use-words.js';
import { useAccountColumns } from './account-columns.js';
import type { AccountSearch, ZoneName } from './account-search.js';
import { NoActiveAccounts } from './no-active-accounts.js';

interface AccountsZoneProps {
  zone: ZoneName;
  search: AccountSearch;
  onSearch: (search: AccountSearch, isTurned?: boolean) => void;
  /** For Customer Success: all organizations, read-only. */
  review?: boolean;
  /** One more filter, before the others. */
  filter?: ReactNode;
}

/** One of the two lists of accounts, with its search, filters, sorts and pages. */
export function AccountsZone({ zone, search, onSearch, review = false, filter }: AccountsZoneProps) {
  const { t, format } = useWords();
  const { ofOwn } = useSession();
  const query = { ...queryOf(zone, search), ...(!review && ofOwn) };
  const list = useSteadyRows({
    list: accountsQuery(query),
    idOf: ({ accountId }) => accountId,
    one: accountQuery,
  });
  const columns = useAccountColumns({ zone, search, review });
  // A new search or filter starts at the first page.
  const ask = (asked: Partial<AccountSearch>) => onSearch({ ...search, ...asked, cursor: undefined });
  const sort = search.sort ?? 'expires_on';
  const order = search.order ?? (zone === 'expired' && sort === 'expires_on' ? 'desc' : 'asc');
  const isFiltered = ['text', 'license', 'within', 'pending', 'organization'].some((name) => name in search);
  const title = t(zone === 'active' ? 'zones.active' : 'zones.expired');

  return (
    <Stack gap="md">
      <Filters zone={zone} search={search} onAsk={ask} sort={sort} order={order}>
        {filter}
      </Filters>
      <SteadyList
        list={list}
        label={title}
        columns={columns}
        sorting={{
          sort,
          order,
          onSort: (by) =>
            ask({ sort: by as AccountSearch['sort'], order: by === sort && order === 'asc' ? 'desc' : 'asc' }),
        }}
        count={({ count }) => countWords(count, 'accounts', t, format)}
        csv={<CsvLink path="/api/accounts.csv" query={query} />}
        nothing={<Nothing zone={zone} review={review} isFiltered={isFiltered} onClear={() => onSearch({})} />}
      />
      <Pages
        cursor={search.cursor}
        next={list.query.data?.next}
        onTurn={(cursor) => onSearch({ ...search, cursor }, true)}
      />
    </Stack>
  );
}

function queryOf(zone: ZoneName, { text, license, sort, order, within, pending, organization, cursor }: AccountSearch) {
  return {
    zone,
    text,
    license,
    sort,
    order,
    expiresWithinDays: zone === 'active' ? within : undefined,
    ...(pending === 'no_renewal' ? { renewalPending: false } : { pending: pending && pending === 'yes' }),
    organizationId: organization,
    cursor,
  } satisfies AccountsQuery;
}

interface FiltersProps {
  zone: ZoneName;
  search: AccountSearch;
  onAsk: (asked: Partial<AccountSearch>) => void;
  sort: string;
  order: string;
  children?: ReactNode;
}

function Filters({ zone, search, onAsk, sort, order, children }: FiltersProps) {
  const { t, format, language } = useWords();
  const { data: licenses } = useQuery(licensesQuery);
  const within = (days: 7 | 30) => ({
    value: String(days),
    label: t('list.withinDays', { count: days, shown: format.number(days) }),
  });
  const sorts = {
    'expires_on asc': t(zone === 'active' ? 'list.expiresSoonest' : 'list.expiredFirst'),
    'expires_on desc': t(zone === 'active' ? 'list.expiresLatest' : 'list.expiredLatest'),
    'account_name asc': t('list.nameUp'),
    'account_name desc': t('list.nameDown'),
    ...(zone === 'active' && { 'left asc': t('list.leftUp'), 'left desc': t('list.leftDown') }),
  };
  return (
    <Group component="search" aria-label={t('list.filters')} align="flex-end" gap="sm">
      <SearchBox label={t('list.searchAccounts')} text={search.text} onSearch={(text) => onAsk({ text })} />
      {children}
      <NativeSelect
        label={t('column.license')}
        value={search.license ?? ''}
        onChange={({ currentTarget }) => onAsk({ license: currentTarget.value || undefined })}
        data={[
          { value: '', label: t('list.everyLicense') },
          ...(licenses?.items ?? []).map(({ code, names }) => ({ value: code, label: names[language] ?? code })),
        ]}
      />
      {zone === 'active' && (
        <NativeSelect
          label={t('column.expires')}
          value={String(search.within ?? '')}
          onChange={({ currentTarget }) =>
            onAsk({ within: (Number(currentTarget.value) || undefined) as 7 | 30 | undefined })
          }
          data={[{ value: '', label: t('list.everyExpiry') }, within(7), within(30)]}
        />
      )}
      {zone === 'active' && (
        <NativeSelect
          label={t('column.pending')}
          value={search.pending ?? ''}
          onChange={({ currentTarget }) =>
            onAsk({ pending: (currentTarget.value || undefined) as AccountSearch['pending'] })
          }
          data={[
            { value: '', label: t('list.anyPending') },
            { value: 'yes', label: t('list.withPending') },
            { value: 'no', label: t('list.withoutPending') },
            { value: 'no_renewal', label: t('list.withoutRenewal') },
          ]}
        />
      )}
      {/* In a table, its headers sort. */}
      <NativeSelect
        hiddenFrom="md"
        label={t('list.sort')}
        value={`${sort} ${order}`}
        onChange={({ currentTarget }) => {
          const [by, way] = currentTarget.value.split(' ') as [AccountSearch['sort'], AccountSearch['order']];
          onAsk({ sort: by, order: way });
        }}
        data={Object.entries(sorts).map(([value, label]) => ({ value, label }))}
      />
    </Group>
  );
}

interface NothingProps {
  zone: ZoneName;
  review: boolean;
  isFiltered: boolean;
  onClear: () => void;
}

function Nothing({ zone, review, isFiltered, onClear }: NothingProps) {
  const { t } = useWords();
  if (isFiltered) return <NoMatches onClear={onClear} />;
  if (zone === 'expired') return <NothingHere title={t('zones.noExpired')} text={t('zones.noExpiredNext')} />;
  return review ? <NothingHere title={t('zones.noActive')} /> : <NoActiveAccounts />;
}
