import { useQuery } from '@tanstack/react-query';
import { useParams, useRouter, useSearch } from '@tanstack/react-router';
import { formsOf } from '../account/account-forms.js';
import { readAccountPageSearch } from '../account/account-parts.js';
import { accountQuery } from '../api/queries.js';
import { useSession } from '../api/use-session.js';
import { useWords } from '../words/use-words.js';
import type { Place } from './use-places.js';

/** What a SuperAdmin can apply for, for the account of the page. */
export function useAccountActions(): { accountName: string; actions: Place[] } {
  const { t } = useWords();
  const { manages } = useSession();
  const router = useRouter();
  const { accountId } = useParams({ strict: false });
  const search = readAccountPageSearch(useSearch({ strict: false }));
  const { data: account } = useQuery({ ...accountQuery(accountId ?? ''), enabled: accountId !== undefined });
  if (!account || !manages(account)) return { accountName: '', actions: [] };
  const params = { accountId: account.accountId };
  const actions = formsOf(account).map(({ to, label }) => ({
    href: router.buildLocation({ to, params, search }).href,
    label: t(label),
  }));
  return { accountName: account.accountName, actions };
}
