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
  const { isSuperAdmin, isCustomerSuccess } = useSession();
  const enabled = text !== '' && (isSuperAdmin || isCustomerSuccess);
  const active = useQuery({ ...accountsQuery({ zone: 'active', text, limit }), enabled });
  const expired = useQuery({ ...accountsQuery({ zone: 'expired', text, limit }), enabled });
  const applied = useQuery({ ...applicationsQuery({ text, limit }), enabled });
  const section = isSuperAdmin ? '/account-management' : '/customer-success';
  const none = { items: [] };
  return {
    accounts: (enabled ? [active.data ?? none, expired.data ?? none] : []).flatMap(({ items }) =>
      items.map(({ accountId, accountName, customerName, state }) => ({
        href: `${section}/accounts/${accountId}`,
        label: accountName,
        detail: `${customerName} · ${t(`accountState.${state}`)}`,
      })),
    ),
    applications: (enabled ? (applied.data ?? none) : none).items.map(
      ({ applicationId, accountName, type, status }) => ({
        href: `${section}/applications/${applicationId}`,
        label: `${t(`applicationType.${type}`)}: ${accountName}`,
        detail: t(`applicationStatus.${status}`),
      }),
    ),
    searching: active.isFetching || expired.isFetching || applied.isFetching,
  };
}
