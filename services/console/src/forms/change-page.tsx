import './forms.css';
import { Paper, Stack, Text } from '@mantine/core';
import { usePrefetchQuery, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { AccountView } from '@tenure/contracts';
import { useEffect, type ReactNode } from 'react';
import { readAccountPageSearch } from '../account/account-parts.js';
import { accountQuery, applicationQuery, applicationsQuery } from '../api/queries.js';
import { useSession } from '../api/use-session.js';
import { ButtonTo, LinkTo } from '../app/links.js';
import { announce } from '../app/announce.js';
import { Loaded } from '../app/loaded.js';
import { Page } from '../app/page.js';
import { NotFound } from '../app/refused-pages.js';
import { Waiting } from '../lists/waiting.js';
import { useTitleWhenGone } from '../app/use-title-when-gone.js';
import type { ApplicationType } from '../applications/types.js';
import { RequestDetails } from '../applications/request-details.js';
import { StatusBadge } from '../applications/status-badge.js';
import { useWords } from '../words/use-words.js';
import { AskedAgain, type Asked } from './asked-again.js';
import { draftOf } from './draft.js';
import type { ChangeSearch } from './form-search.js';
import { RejectedBefore } from './rejected-before.js';

type ChangeType = Exclude<ApplicationType, 'new_account'>;

interface ChangePageProps<T extends ChangeType> {
  title: string;
  type: T;
  children: (account: AccountView, asked?: Asked<T>) => ReactNode;
}

/** An account, and the earlier application that prefills the form. */
export interface AskedOf<T extends ChangeType> {
  account: AccountView;
  asked: Asked<T> | undefined;
}

/**
 * A form about one account. A pending application of the same type replaces the form; an expired account can only be
 * renewed.
 */
export function ChangePage<T extends ChangeType>({ title, type, children }: ChangePageProps<T>) {
  const { accountId } = useParams({ strict: false });
  const { manages } = useSession();
  const query = useQuery(accountQuery(accountId ?? ''));
  usePrefetchQuery(lastQuery(accountId ?? '', type));
  return (
    <Loaded key={accountId} query={query} title={title}>
      {(account) =>
        manages(account) ? (
          <AskedAgain title={title} type={type} accountId={account.accountId}>
            {(asked) => (
              <Page
                title={title}
                lead={
                  <LinkTo
                    to="/account-management/accounts/$accountId"
                    params={{ accountId: account.accountId }}
                    search={(from: ChangeSearch) =>
                      from.again === undefined ? readAccountPageSearch({ ...from }) : {}
                    }
                  >
                    {account.accountName}
                  </LinkTo>
                }
              >
                <FormOrWhy account={account} type={type}>
                  {children(account, asked)}
                </FormOrWhy>
              </Page>
            )}
          </AskedAgain>
        ) : (
          <NotFound />
        )
      }
    </Loaded>
  );
}

function FormOrWhy({ account, type, children }: { account: AccountView; type: ChangeType; children: ReactNode }) {
  const { t } = useWords();
  const { accountId } = account;
  const pending = account.pending.find((application) => application.type === type);
  if (pending)
    return (
      <InPlaceOfForm scope={`${type}/${accountId}`} why={t('form.alreadyPending')}>
        <PendingOne applicationId={pending.applicationId} />
      </InPlaceOfForm>
    );
  if (account.state === 'expired' && type !== 'renew_subscription')
    return (
      <InPlaceOfForm scope={`${type}/${accountId}`} why={t('form.onlyRenewal')}>
        <ButtonTo
          to="/account-management/accounts/$accountId/renewal"
          params={{ accountId }}
          search={readAccountPageSearch}
        >
          {t('action.renew')}
        </ButtonTo>
      </InPlaceOfForm>
    );
  return (
    <Form accountId={accountId} type={type}>
      {children}
    </Form>
  );
}

/** The account's last application of this type. */
function lastQuery(accountId: string, type: ChangeType) {
  return applicationsQuery({ accountId, type, limit: 1 });
}

function Form({ accountId, type, children }: { accountId: string; type: ChangeType; children: ReactNode }) {
  useTitleWhenGone();
  const last = useQuery(lastQuery(accountId, type));
  // Above the form, the reason of a rejection would push it down. Without an answer the form does not wait.
  if (last.isLoading && last.failureCount === 0) return <Waiting height={434} />;
  return (
    <>
      <RejectedBefore application={last.data?.items[0]} />
      {children}
    </>
  );
}

/** Why there is no form, and that text typed in it before is kept. */
function InPlaceOfForm({ scope, why, children }: { scope: string; why: string; children: ReactNode }) {
  const { t } = useWords();
  const { memberId } = useSession().member;
  const isTyped = draftOf(`${memberId}.${scope}`, {}, sessionStorage).read() !== undefined;
  useEffect(() => {
    if (isTyped) announce(why);
  }, [isTyped, why]);
  return (
    <Stack align="flex-start">
      <Text>{why}</Text>
      {isTyped && <Text>{t('form.putAside')}</Text>}
      {children}
    </Stack>
  );
}

function PendingOne({ applicationId }: { applicationId: string }) {
  const { t } = useWords();
  const { data, isPending } = useQuery(applicationQuery(applicationId));
  if (isPending) return <Waiting height={220} />;
  return (
    <Paper component="section" withBorder p="md" w="100%" maw="44rem" aria-label={t('application.asked')}>
      <Stack gap="md" align="flex-start">
        {data && <StatusBadge status={data.status} />}
        {data && <RequestDetails application={data} />}
        <ButtonTo to="/account-management/applications/$applicationId" params={{ applicationId }}>
          {t('form.otherPending')}
        </ButtonTo>
      </Stack>
    </Paper>
  );
}
