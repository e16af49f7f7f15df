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
    /** Whose e-mails are looked for. Not in the page's address, which is copied, and logged wherever it passes. */
    email?: string;
  }
}

const route = getRouteApi('/customer-success/emails');

/** Every organization's e-mails: those to one address, and before one is typed those that somebody has to look at. */
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
