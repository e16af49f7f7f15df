import { getRouteApi } from '@tanstack/react-router';
import { AccountsZone } from './accounts-zone.js';
import { ZonePage } from './zone-page.js';

const route = getRouteApi('/account-management/active');

export function ActivePage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <ZonePage zone="active">
      <AccountsZone
        zone="active"
        search={search}
        onSearch={(next, isTurned) => void navigate({ search: next, replace: !isTurned })}
      />
    </ZonePage>
  );
}
