import { useQuery } from '@tanstack/react-query';
import type { AccountView, ApplicationView } from '@tenure/contracts';
import {
  accountsQuery,
  applicationsQuery,
  organizationsQuery,
  type FoundOrganization,
  type Page,
} from '../api/queries.js';
import { useSession } from '../api/use-session.js';
import { useWords } from '../words/use-words.js';
import { countWords } from '../lists/count.js';
import type { Place } from './use-places.js';

/** Results of each kind. */
const limit = 5;
/** More are fetched, since one with exactly that name may come later in the list. */
const fetched = 20;
const byName = { sort: 'account_name', order: 'asc', limit: fetched } as const;

type Found<View> = Pick<Page<View>, 'items' | 'count'>;

/**
 * Accounts and applications whose names contain the text, and organizations for those who may see all; nothing before
 * something is typed.
 */
export function useFound(text: string): {
  accounts: Place[];
  applications: Place[];
  organizations: Place[];
  searching: boolean;
  /** Some of it was found for an earlier text. */
  isOfEarlierText: boolean;
  /** Some of it could not be fetched. */
  error: Error | null;
} {
  const { t, format } = useWords();
  const { isSuperAdmin, isCustomerSuccess, manages } = useSession();
  const enabled = text !== '' && (isSuperAdmin || isCustomerSuccess);
  const active = useQuery({ ...accountsQuery({ zone: 'active', text, ...byName }), enabled });
  const expired = useQuery({ ...accountsQuery({ zone: 'expired', text, ...byName }), enabled });
  const latest = { text, limit: fetched } as const;
  const pending = useQuery({ ...applicationsQuery({ status: 'pending', order: 'desc', ...latest }), enabled });
  const decided = useQuery({ ...applicationsQuery({ status: 'decided', sort: 'decided_at', ...latest }), enabled });
  const partners = useQuery({ ...organizationsQuery({ text, limit }), enabled: enabled && isCustomerSuccess });
  const asked = [active, expired, pending, decided, partners];
  const sectionOf = (found: { organizationId: string }) =>
    manages(found) ? '/account-management' : '/customer-success';
  const detail = (found: { organizationName: string }, ...besides: string[]) =>
    [...(isCustomerSuccess ? [found.organizationName] : []), ...besides].join(' · ');
  const none = { items: [], count: 0 };
  const lists = isCustomerSuccess
    ? {
        active: '/customer-success/accounts?',
        expired: '/customer-success/accounts?zone=expired&',
        pending: '/customer-success?',
        decided: '/customer-success/decided?',
      }
    : {
        active: '/account-management/active?',
        expired: '/account-management/expired?',
        pending: '/account-management/applications?',
        decided: '/account-management/applications?which=decided&',
      };
  /** Further results are in the list. */
  const furtherIn = (
    list: string,
    title: string,
    of: 'accounts' | 'applications' | 'organizations',
    { items, count }: Found<unknown>,
  ): Place[] =>
    count > items.length
      ? [{ href: `${list}text=${encodeURIComponent(text)}`, label: title, detail: countWords(count, of, t, format) }]
      : [];
  const accountsIn = (zone: 'active' | 'expired', { items, count }: Found<AccountView>) => {
    const shown = items.toSorted(wholeFirst(text)).slice(0, limit);
    return [
      ...shown.map((account) => ({
        href: `${sectionOf(account)}/accounts/${account.accountId}`,
        label: account.accountName,
        detail: detail(account, account.customerName, t(`accountState.${account.state}`)),
      })),
      ...furtherIn(lists[zone], t(`zones.${zone}`), 'accounts', { items: shown, count }),
    ];
  };
  const applicationsIn = (list: 'pending' | 'decided', { items, count }: Found<ApplicationView>) => {
    const shown = items.toSorted(wholeFirst(text)).slice(0, limit);
    const title = t(list === 'decided' ? 'review.decidedTitle' : 'review.pendingApplications');
    return [
      ...shown.map((application) => ({
        href: `${sectionOf(application)}/applications/${application.applicationId}${list === 'decided' ? '?which=decided' : ''}`,
        label: `${t(`applicationType.${application.type}`)}: ${application.accountName}`,
        detail: detail(application, t(`applicationStatus.${application.status}`)),
      })),
      ...furtherIn(lists[list], title, 'applications', { items: shown, count }),
    ];
  };
  const organizationsIn = (found: Found<FoundOrganization>) => [
    ...found.items.map(({ organizationId, name }) => ({
      href: `/customer-success/organizations/${organizationId}`,
      label: name,
    })),
    ...furtherIn('/customer-success/organizations?', t('review.organizations'), 'organizations', found),
  ];
  return {
    accounts: enabled
      ? [...accountsIn('active', active.data ?? none), ...accountsIn('expired', expired.data ?? none)]
      : [],
    applications: enabled
      ? [...applicationsIn('pending', pending.data ?? none), ...applicationsIn('decided', decided.data ?? none)]
      : [],
    organizations: enabled ? organizationsIn(partners.data ?? none) : [],
    searching: asked.some(({ isFetching }) => isFetching),
    isOfEarlierText: enabled && asked.some(({ isPlaceholderData }) => isPlaceholderData),
    error: enabled ? (asked.find(({ error }) => error)?.error ?? null) : null,
  };
}

/** An exact name comes before names that only contain it, however the list is sorted. */
function wholeFirst(text: string) {
  type Named = Pick<AccountView | ApplicationView, 'accountName'>;
  const isWhole = ({ accountName }: Named) => accountName.localeCompare(text, undefined, { sensitivity: 'base' }) === 0;
  return (a: Named, b: Named) => Number(isWhole(b)) - Number(isWhole(a));
}
