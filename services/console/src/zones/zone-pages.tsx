import { getRouteApi } from '@tanstack/react-router';
import type { ZoneName } from './account-search.js';
import { AccountsZone } from './accounts-zone.js';
import { ZonePage } from './zone-page.js';

const routes = {
  active: getRouteApi('/account-management/active'),
  expired: getRouteApi('/account-management/expired'),
};

export function ActivePage() {
  return <AccountsPage zone="active" />;
}

export function ExpiredPage() {
  return <AccountsPage zone="expired" />;
}

function AccountsPage({ zone }: { zone: ZoneName }) {
  const route = routes[zone];
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <ZonePage zone={zone}>
      <AccountsZone
        zone={zone}
        search={search}
        onSearch={(next, isTurned) => void navigate({ search: next, replace: !isTurned })}
      />
    </ZonePage>
  );
}
