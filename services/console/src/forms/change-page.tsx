import './forms.css';
import { Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { AccountView } from '@tenure/contracts';
import type { ReactNode } from 'react';
import { accountQuery, applicationQuery } from '../api/queries.js';
import { useSession } from '../api/use-session.js';
import { ButtonTo, LinkTo } from '../app/links.js';
import { Loaded } from '../app/loaded.js';
import { Page } from '../app/page.js';
import { NotFound } from '../app/refused-pages.js';
import type { ApplicationType } from '../applications/types.js';
import { RequestDetails } from '../applications/request-details.js';
import { StatusBadge } from '../applications/status-badge.js';
import { useWords } from '../words/use-words.js';

interface ChangePageProps {
  title: string;
  type: Exclude<ApplicationType, 'new_account'>;
  children: (account: AccountView) => ReactNode;
}

/** A form about one account. An application of its type that is pending stands in its place; an expired account can only be renewed. */
export function ChangePage({ title, type, children }: ChangePageProps) {
  const { accountId } = useParams({ strict: false });
  const { manages } = useSession();
  const query = useQuery(accountQuery(accountId ?? ''));
  return (
    <Loaded key={accountId} query={query} title={title}>
      {(account) =>
        manages(account) ? (
          <Page
            title={title}
            lead={
              <LinkTo to="/account-management/accounts/$accountId" params={{ accountId: account.accountId }} search>
                {account.accountName}
              </LinkTo>
            }
          >
            <FormOrWhy account={account} type={type}>
              {children}
            </FormOrWhy>
          </Page>
        ) : (
          <NotFound />
        )
      }
    </Loaded>
  );
}

function FormOrWhy({ account, type, children }: Omit<ChangePageProps, 'title'> & { account: AccountView }) {
  const { t } = useWords();
  const pending = account.pending.find((application) => application.type === type);
  if (pending) return <PendingOne applicationId={pending.applicationId} />;
  if (account.state === 'expired' && type !== 'renew_subscription')
    return (
      <Stack align="flex-start">
        <Text>{t('form.onlyRenewal')}</Text>
        <ButtonTo to="/account-management/accounts/$accountId/renewal" params={{ accountId: account.accountId }} search>
          {t('action.renew')}
        </ButtonTo>
      </Stack>
    );
  return <>{children(account)}</>;
}

function PendingOne({ applicationId }: { applicationId: string }) {
  const { t } = useWords();
  const { data } = useQuery(applicationQuery(applicationId));
  return (
    <Paper component="section" withBorder p="md" maw="44rem" aria-labelledby="pending">
      <Stack gap="md" align="flex-start">
        <Title order={2} size="h5" id="pending">
          {t('form.alreadyPending')}
        </Title>
        {data && <StatusBadge status={data.status} />}
        {data && <RequestDetails application={data} />}
        <ButtonTo to="/account-management/applications/$applicationId" params={{ applicationId }}>
          {t('form.otherPending')}
        </ButtonTo>
      </Stack>
    </Paper>
  );
}
