import { getRouteApi } from '@tanstack/react-router';
import { AccountOverview } from '../account/account-overview.js';

const route = getRouteApi('/customer-success/accounts/$accountId');

/** An account of any organization, read-only. */
export function ReviewedAccountPage() {
  const { accountId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <AccountOverview
      review
      key={accountId}
      accountId={accountId}
      search={search}
      onSearch={(next) => void navigate({ search: next, replace: true })}
    />
  );
}
