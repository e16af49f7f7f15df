import { getRouteApi } from '@tanstack/react-router';
import { AccountOverview } from './account-overview.js';

const route = getRouteApi('/account-management/accounts/$accountId');

/** An account of the member's own organization. */
export function AccountPage() {
  const { accountId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <AccountOverview
      key={accountId}
      accountId={accountId}
      search={search}
      onSearch={(next) => void navigate({ search: next, replace: true })}
    />
  );
}
