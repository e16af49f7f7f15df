import { useQuery } from '@tanstack/react-query';
import { accountsQuery, applicationsQuery } from '../api/queries.js';
import { useSession } from '../api/use-session.js';
import { useWords } from '../words/use-words.js';
import type { Place } from './use-places.js';

/** So many of each kind. */
const limit = 5;

/** Accounts and applications with this text in a name; none before something is typed. */
export function useFound(text: string): { accounts: Place[]; applications: Place[]; searching: boolean } {
  const { t } = useWords();
  const { isSuperAdmin, isCustomerSuccess, manages } = useSession();
  const enabled = text !== '' && (isSuperAdmin || isCustomerSuccess);
  const active = useQuery({ ...accountsQuery({ zone: 'active', text, limit }), enabled });
  const expired = useQuery({ ...accountsQuery({ zone: 'expired', text, limit }), enabled });
  const applied = useQuery({ ...applicationsQuery({ text, limit }), enabled });
  const sectionOf = (found: { organizationId: string }) =>
    manages(found) ? '/account-management' : '/customer-success';
  const detail = (found: { organizationName: string }, ...besides: string[]) =>
    [...(isCustomerSuccess ? [found.organizationName] : []), ...besides].join(' · ');
  const none = { items: [] };
  return {
    accounts: (enabled ? [active.data ?? none, expired.data ?? none] : []).flatMap(({ items }) =>
      items.map((account) => ({
        href: `${sectionOf(account)}/accounts/${account.accountId}`,
        label: account.accountName,
        detail: detail(account, account.customerName, t(`accountState.${account.state}`)),
      })),
    ),
    applications: (enabled ? (applied.data ?? none) : none).items.map((application) => ({
      href: `${sectionOf(application)}/applications/${application.applicationId}`,
      label: `${t(`applicationType.${application.type}`)}: ${application.accountName}`,
      detail: detail(application, t(`applicationStatus.${application.status}`)),
    })),
    searching: active.isFetching || expired.isFetching || applied.isFetching,
  };
}
