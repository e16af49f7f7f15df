import { useQuery } from '@tanstack/react-query';
import type { AccountView, ApplicationView } from '@tenure/contracts';
import type { Page } from '../api/calls.js';
import { accountsQuery, applicationsQuery, organizationsQuery } from '../api/queries.js';
import { useSession } from '../api/use-session.js';
import { useWords } from '../words/use-words.js';
import { countWords } from '../lists/count.js';
import type { Place } from './use-places.js';

/** So many of each kind; of applications more, since no list has all of them. */
const limit = 5;
const mostApplications = 20;
/** A name as a whole comes before those that only begin with it. */
const byName = { sort: 'account_name', order: 'asc', limit } as const;

type Found = Pick<Page<AccountView>, 'items' | 'count'>;

/** Accounts and applications with this text in a name, and organizations to those who see all; none before something is typed. */
export function useFound(text: string): {
  accounts: Place[];
  applications: Place[];
  /** How many applications there are. */
  applicationsOf: number;
  organizations: Place[];
  searching: boolean;
  /** Not all of it could be asked for. */
  error: Error | null;
} {
  const { t, format } = useWords();
  const { isSuperAdmin, isCustomerSuccess, manages } = useSession();
  const enabled = text !== '' && (isSuperAdmin || isCustomerSuccess);
  const active = useQuery({ ...accountsQuery({ zone: 'active', text, ...byName }), enabled });
  const expired = useQuery({ ...accountsQuery({ zone: 'expired', text, ...byName }), enabled });
  const applied = useQuery({ ...applicationsQuery({ text, limit: mostApplications }), enabled });
  const partners = useQuery({ ...organizationsQuery(text), enabled: enabled && isCustomerSuccess });
  const sectionOf = (found: { organizationId: string }) =>
    manages(found) ? '/account-management' : '/customer-success';
  const detail = (found: { organizationName: string }, ...besides: string[]) =>
    [...(isCustomerSuccess ? [found.organizationName] : []), ...besides].join(' · ');
  const none = { items: [], count: 0 };
  const lists = isCustomerSuccess
    ? { active: '/customer-success/accounts?', expired: '/customer-success/accounts?zone=expired&' }
    : { active: '/account-management/active?', expired: '/account-management/expired?' };
  const accountsIn = (zone: 'active' | 'expired', { items, count }: Found) => [
    ...items.map((account) => ({
      href: `${sectionOf(account)}/accounts/${account.accountId}`,
      label: account.accountName,
      detail: detail(account, account.customerName, t(`accountState.${account.state}`)),
    })),
    // What does not stand here is in the list.
    ...(count > items.length
      ? [
          {
            href: `${lists[zone]}text=${encodeURIComponent(text)}`,
            label: t(`zones.${zone}`),
            detail: countWords(count, 'accounts', t, format),
          },
        ]
      : []),
  ];
  return {
    accounts: enabled
      ? [...accountsIn('active', active.data ?? none), ...accountsIn('expired', expired.data ?? none)]
      : [],
    applications: (enabled ? (applied.data ?? none) : none).items.toSorted(wholeFirst(text)).map((application) => ({
      href: `${sectionOf(application)}/applications/${application.applicationId}`,
      label: `${t(`applicationType.${application.type}`)}: ${application.accountName}`,
      detail: detail(application, t(`applicationStatus.${application.status}`)),
    })),
    applicationsOf: applied.data?.count ?? 0,
    organizations: (enabled ? (partners.data?.items ?? []) : []).slice(0, limit).map(({ organizationId, name }) => ({
      href: `/customer-success/accounts?organization=${organizationId}`,
      label: name,
    })),
    searching: active.isFetching || expired.isFetching || applied.isFetching || partners.isFetching,
    error: enabled ? (active.error ?? expired.error ?? applied.error ?? partners.error) : null,
  };
}

/** Applications come latest first: a name as a whole comes before those that only have it in them, too. */
function wholeFirst(text: string) {
  const isWhole = ({ accountName }: ApplicationView) =>
    accountName.localeCompare(text, undefined, { sensitivity: 'base' }) === 0;
  return (a: ApplicationView, b: ApplicationView) => Number(isWhole(b)) - Number(isWhole(a));
}
