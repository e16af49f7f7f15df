import { getRouteApi } from '@tanstack/react-router';
import { Page } from '../app/page.js';
import { useWords } from '../words/use-words.js';
import type { AccountSearch } from '../zones/account-search.js';
import { AccountsZone } from '../zones/accounts-zone.js';
import { OrganizationFilter } from './organization-filter.js';
import { ReviewTabs } from './review-tabs.js';

const route = getRouteApi('/customer-success/accounts');

/** The accounts of all organizations, read-only. */
export function AccountsPage() {
  const { t } = useWords();
  const { zone, ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const go = (next: AccountSearch, isTurned = false) =>
    void navigate({
      search: { ...next, ...(zone && { zone }) },
      replace: !isTurned,
    });
  return (
    <Page title={t(zone ? 'zones.everyExpired' : 'zones.everyActive')} tabs={<ReviewTabs />}>
      <AccountsZone
        key={zone ?? 'active'}
        review
        zone={zone ?? 'active'}
        search={search}
        onSearch={go}
        filter={
          <OrganizationFilter
            organizationId={search.organization}
            onChoose={(organization) => go({ ...search, organization, cursor: undefined })}
          />
        }
      />
    </Page>
  );
}
