import { useQuery } from '@tanstack/react-query';
import { useParams, useRouter, useSearch } from '@tanstack/react-router';
import { readAccountPageSearch } from '../account/account-parts.js';
import { accountQuery } from '../api/queries.js';
import { useSession } from '../api/use-session.js';
import { useWords } from '../words/use-words.js';
import type { Place } from './use-places.js';

const forms = {
  datapoints: 'action.editDatapoints',
  license: 'action.editLicense',
  renewal: 'action.renew',
} as const;

/** What a SuperAdmin can apply for, for the account of the page. */
export function useAccountActions(): { accountName: string; actions: Place[] } {
  const { t } = useWords();
  const { manages } = useSession();
  const router = useRouter();
  const { accountId } = useParams({ strict: false });
  const search = readAccountPageSearch(useSearch({ strict: false }));
  const { data: account } = useQuery({ ...accountQuery(accountId ?? ''), enabled: accountId !== undefined });
  if (!account || !manages(account)) return { accountName: '', actions: [] };
  const offered = account.state === 'active' ? (['datapoints', 'license', 'renewal'] as const) : (['renewal'] as const);
  const actions = offered.map((form) => {
    const to = `/account-management/accounts/$accountId/${form}` as const;
    return {
      href: router.buildLocation({ to, params: { accountId: account.accountId }, search }).href,
      label: t(forms[form]),
    };
  });
  return { accountName: account.accountName, actions };
}
