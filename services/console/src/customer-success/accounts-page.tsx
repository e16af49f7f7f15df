import { getRouteApi } from '@tanstack/react-router';
import { Page } from '../app/page.js';
import { useWords } from '../words/use-words.js';
import { AccountsZone } from '../zones/accounts-zone.js';

const route = getRouteApi('/customer-success/accounts');

/** Every organization's accounts, to read only. */
export function AccountsPage() {
  const { t } = useWords();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title={t('zones.everyActive')}>
      <AccountsZone
        review
        zone="active"
        search={search}
        onSearch={(next, pagesTurned) =>
          void navigate({ search: next, replace: pagesTurned === undefined, state: { pagesTurned: pagesTurned ?? 0 } })
        }
      />
    </Page>
  );
}
