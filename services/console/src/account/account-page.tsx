import { getRouteApi } from '@tanstack/react-router';
import { AccountOverview } from './account-overview.js';

const route = getRouteApi('/account-management/accounts/$accountId');

/** An account of one's own organization. */
export function AccountPage() {
  const { accountId } = route.useParams();
  const { show } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <AccountOverview
      key={accountId}
      accountId={accountId}
      show={show}
      onShow={(next) => void navigate({ search: next === 'timeline' ? {} : { show: next }, replace: true })}
    />
  );
}
