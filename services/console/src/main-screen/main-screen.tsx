import { Paper, SimpleGrid, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconBuilding, IconChecklist, IconLayoutList } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { accountNamesQuery } from '../api/queries.js';
import { useSession } from '../api/use-session.js';
import { LinkTo } from '../app/links.js';
import { Page } from '../app/page.js';
import { PassingButton } from '../app/passing-button.js';
import { countText } from '../lists/count.js';
import { CouldNotLoad, NotRefetched, NothingHere } from '../lists/list-states.js';
import { Waiting } from '../lists/waiting.js';
import { useWords } from '../words/use-words.js';
import { NoActiveAccounts } from '../zones/no-active-accounts.js';
import classes from './main-screen.module.css';

/** The main screen: the organization's accounts, and icons for the sections that the member may enter. */
export function MainScreen() {
  const { t, format } = useWords();
  const { member, isSuperAdmin, isCustomerSuccess } = useSession();
  const names = useInfiniteQuery(accountNamesQuery);
  const accounts = useInSteadyOrder(names.data?.pages.flatMap(({ items }) => items) ?? []);
  const count = names.data?.pages[0]?.count ?? 0;
  return (
    <Page title={t('mainScreen.title')} lead={member.organization.name}>
      <Stack gap="xl">
        <SimpleGrid cols={{ base: 1, sm: 2 }} className={classes.entries}>
          {isSuperAdmin && (
            <Entry
              to="/account-management/active"
              icon={<IconLayoutList size={26} aria-hidden />}
              title={t('entry.accountManagement')}
              text={t('entry.accountManagementIs')}
            />
          )}
          {isCustomerSuccess && (
            <Entry
              to="/customer-success"
              icon={<IconChecklist size={26} aria-hidden />}
              title={t('entry.customerSuccess')}
              text={t('entry.customerSuccessIs')}
            />
          )}
        </SimpleGrid>
        {names.isPending && <Waiting height={120} />}
        {names.error && !names.data && <CouldNotLoad error={names.error} onTryAgain={() => void names.refetch()} />}
        {names.data &&
          accounts.length === 0 &&
          (isSuperAdmin ? <NoActiveAccounts /> : <NothingHere title={t('zones.noActive')} />)}
        {names.data && accounts.length > 0 && (
          <section aria-labelledby="accounts">
            <Title order={2} size="h5" id="accounts" mb="sm">
              {t('mainScreen.count', { count, shown: countText(count, t, format) })}
            </Title>
            <ul className={classes.accounts}>
              {accounts.map(({ accountId, accountName }) => (
                <li key={accountId}>
                  <IconBuilding size={18} aria-hidden />{' '}
                  {isSuperAdmin || isCustomerSuccess ? (
                    <LinkTo
                      to={
                        isSuperAdmin
                          ? '/account-management/accounts/$accountId'
                          : '/customer-success/accounts/$accountId'
                      }
                      params={{ accountId }}
                      className={classes.whole}
                      c="inherit"
                    >
                      {accountName}
                    </LinkTo>
                  ) : (
                    <Text span>{accountName}</Text>
                  )}
                </li>
              ))}
            </ul>
            {names.hasNextPage && (
              <PassingButton mt="md" variant="default" onClick={() => void names.fetchNextPage()}>
                {t('mainScreen.more')}
              </PassingButton>
            )}
          </section>
        )}
        {/* Below what stays, so that it moves nothing, and beside the button for more. */}
        {names.error && names.data && (
          <NotRefetched
            error={names.error}
            onTryAgain={() => void (names.isFetchNextPageError ? names.fetchNextPage() : names.refetch())}
          />
        )}
      </Stack>
    </Page>
  );
}

/** An account that appears later comes last, so that none moves under a pointer. */
function useInSteadyOrder<A extends { accountId: string }>(accounts: readonly A[]): A[] {
  const [before, setPlaces] = useState<ReadonlyMap<string, number>>(new Map());
  const added = accounts.map(({ accountId }) => accountId).filter((id) => !before.has(id));
  const places = added.length === 0 ? before : new Map([...before.keys(), ...added].map((id, place) => [id, place]));
  if (places !== before) setPlaces(places);
  return accounts.toSorted((a, b) => places.get(a.accountId)! - places.get(b.accountId)!);
}

interface EntryProps {
  to: '/account-management/active' | '/customer-success';
  icon: ReactNode;
  title: string;
  text: string;
}

function Entry({ to, icon, title, text }: EntryProps) {
  return (
    <Paper withBorder className={classes.entry}>
      <ThemeIcon size={48} radius="md">
        {icon}
      </ThemeIcon>
      <div>
        <LinkTo to={to} fw={650} className={classes.whole}>
          {title}
        </LinkTo>
        <Text size="sm" c="dimmed">
          {text}
        </Text>
      </div>
    </Paper>
  );
}
