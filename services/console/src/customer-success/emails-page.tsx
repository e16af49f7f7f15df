import { Stack } from '@mantine/core';
import { getRouteApi, useRouterState } from '@tanstack/react-router';
import { Page } from '../app/page.js';
import { useWords } from '../words/use-words.js';
import { AddressSearch } from './address-search.js';
import { EmailsTo } from './emails-to.js';
import { ReviewTabs } from './review-tabs.js';
import { UnclearEmails } from './unclear-emails.js';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The address searched for. Not in the URL, which is copied, and logged wherever it passes. */
    email?: string;
  }
}

const route = getRouteApi('/customer-success/emails');

/**
 * The e-mails of all organizations: those to one address, or, before an address is entered, those that need attention.
 */
export function EmailsPage() {
  const { t } = useWords();
  const { organization } = route.useSearch();
  const email = useRouterState({ select: ({ location }) => location.state.email });
  return (
    <Page title={t('emails.title')} tabs={<ReviewTabs />}>
      <Stack gap="lg">
        <AddressSearch email={email} />
        {email === undefined ? (
          <UnclearEmails key={organization} organizationId={organization} />
        ) : (
          <EmailsTo key={email} email={email} />
        )}
      </Stack>
    </Page>
  );
}
