import { useQuery } from '@tanstack/react-query';
import { accountsQuery, applicationsQuery } from '../api/queries.js';
import { useSession } from '../api/use-session.js';
import { ButtonTo } from '../app/links.js';
import { NothingHere } from '../lists/list-states.js';
import { useWords } from '../words/use-words.js';

/**
 * The organization has no active account: expired ones can be renewed; otherwise the first one can be applied for, or
 * its application is pending.
 */
export function NoActiveAccounts() {
  const { t } = useWords();
  const { ofOwn } = useSession();
  const expired = useQuery(accountsQuery({ zone: 'expired', ...ofOwn, limit: 1 }));
  const waiting = useQuery(applicationsQuery({ status: 'pending', type: 'new_account', ...ofOwn, limit: 1 }));
  if (expired.isPending || waiting.isPending) return null;
  if (expired.data && expired.data.count > 0)
    return (
      <NothingHere
        title={t('zones.noActiveLeft')}
        text={t('zones.noActiveLeftNext')}
        action={<ButtonTo to="/account-management/expired">{t('action.seeExpired')}</ButtonTo>}
      />
    );
  return waiting.data && waiting.data.count > 0 ? (
    <NothingHere
      title={t('zones.noActive')}
      text={t('zones.noActiveWaiting')}
      action={<ButtonTo to="/account-management/applications">{t('action.seeApplications')}</ButtonTo>}
    />
  ) : (
    <NothingHere
      title={t('zones.noActive')}
      text={t('zones.noActiveNext')}
      action={<ButtonTo to="/account-management/new">{t('action.createAccount')}</ButtonTo>}
    />
  );
}
