import { LinkTo } from '../app/links.js';
import { useWords } from '../words/use-words.js';
import type { ZoneSearch } from './account-search.js';

/** Back to a list of accounts, filtered as it was. */
export function BackToZone({ list, review = false }: { list: ZoneSearch; review?: boolean }) {
  const { t } = useWords();
  const { zone = 'active', ...search } = list;
  return review ? (
    <LinkTo to="/customer-success/accounts" search={list} size="sm">
      {t(zone === 'expired' ? 'zones.everyExpired' : 'zones.everyActive')}
    </LinkTo>
  ) : (
    <LinkTo to={`/account-management/${zone}`} search={search} size="sm">
      {t(`zones.${zone}`)}
    </LinkTo>
  );
}
