import { Group, Paper, Stack, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AccountView } from '@tenure/contracts';
import { memo, useDeferredValue } from 'react';
import { isRefusal } from '../api/problem.js';
import { accountQuery } from '../api/queries.js';
import { useSession } from '../api/use-session.js';
import { ButtonTo } from '../app/links.js';
import { Page } from '../app/page.js';
import { NotFound } from '../app/refused-pages.js';
import { OrganizationLink } from '../customer-success/organization-link.js';
import { LoadedPart } from '../lists/loaded-part.js';
import { useWords } from '../words/use-words.js';
import { wayBack } from '../zones/account-search.js';
import { BackToZone } from '../zones/back-to-zone.js';
import { formsOf } from './account-forms.js';
import { accountParts, type AccountPageSearch, type AccountPart } from './account-parts.js';
import { AccountAllocations } from './account-allocations.js';
import { AccountApplications } from './account-applications.js';
import { AuditTrail } from '../audit/audit-trail.js';
import { AccountEmails } from './account-emails.js';
import { AccountFigures } from './account-figures.js';
import { AccountRecipients } from './account-recipients.js';
import { AccountTimelines } from './account-timelines.js';
import { SandboxClock } from './sandbox-clock.js';

interface AccountOverviewProps {
  accountId: string;
  search: AccountPageSearch;
  onSearch: (search: AccountPageSearch) => void;
  /** For Customer Success: read-only. */
  review?: boolean;
}

/** Everything about one account: figures, past and planned e-mails, allocations, applications, audit trail. */
export function AccountOverview({ accountId, search, onSearch, review = false }: AccountOverviewProps) {
  const { t } = useWords();
  const { show = 'timeline', ...list } = search;
  const { sandbox, manages } = useSession();
  const query = useQuery(accountQuery(accountId));
  const { data: account, error } = query;
  // Mark the chosen tab before rendering its panel.
  const drawn = useDeferredValue(show);
  if (isRefusal(error, 'not_found', 'invalid') || (account && !review && !manages(account))) return <NotFound />;
  return (
    <Page
      title={account?.accountName ?? t('column.account')}
      lead={
        account && (
          <>
            {account.customerName}
            {review && (
              <>
                {' · '}
                <OrganizationLink organizationId={account.organizationId} underline="always">
                  {account.organizationName}
                </OrganizationLink>
              </>
            )}
          </>
        )
      }
      back={<BackToZone list={wayBack(list, account?.state ?? list.zone ?? 'active')} review={review} />}
      action={account && !review ? <Actions account={account} /> : null}
    >
      <LoadedPart query={query} height={220}>
        {(account) => (
          <Stack gap="lg">
            <Paper withBorder p="md">
              <AccountFigures account={account} review={review} />
            </Paper>
            {sandbox && <SandboxClock account={account} />}
            <Tabs
              value={show}
              onChange={(part) => onSearch({ ...list, ...(part !== 'timeline' && { show: part as AccountPart }) })}
              keepMounted={false}
            >
              <Tabs.List mb="md" aria-label={account.accountName}>
                {accountParts.map((part) => (
                  <Tabs.Tab key={part} value={part}>
                    {t(`accountPart.${part}`)}
                  </Tabs.Tab>
                ))}
              </Tabs.List>
              <Tabs.Panel value={show}>
                <Part part={drawn} account={account} review={review} />
              </Tabs.Panel>
            </Tabs>
          </Stack>
        )}
      </LoadedPart>
    </Page>
  );
}

interface PartProps {
  part: AccountPart;
  account: AccountView;
  review: boolean;
}

const Part = memo(function Part({ part, account, review }: PartProps) {
  const { accountId, timeZone } = account;
  switch (part) {
    case 'timeline':
      return <AccountTimelines accountId={accountId} />;
    case 'allocations':
      return <AccountAllocations accountId={accountId} />;
    case 'applications':
      return <AccountApplications accountId={accountId} timeZone={timeZone} review={review} />;
    case 'emails':
      return <AccountEmails accountId={accountId} timeZone={timeZone} />;
    case 'recipients':
      return <AccountRecipients account={account} review={review} />;
    case 'audit':
      return <AuditTrail of="account" id={accountId} timeZone={timeZone} />;
  }
});

function Actions({ account }: { account: AccountView }) {
  const { t } = useWords();
  const params = { accountId: account.accountId };
  return (
    <Group gap="xs">
      {formsOf(account).map(({ to, label }) => (
        <ButtonTo key={to} to={to} params={params} search variant={label === 'action.renew' ? undefined : 'default'}>
          {t(label)}
        </ButtonTo>
      ))}
    </Group>
  );
}
