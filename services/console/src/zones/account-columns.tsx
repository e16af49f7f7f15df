import { Text } from '@mantine/core';
import type { AccountView } from '@tenure/contracts';
import { Expiry } from '../account/expiry.js';
import { useLicenseName } from '../account/license-name.js';
import { Pending } from '../account/pending.js';
import { UsageBar } from '../account/usage-bar.js';
import { ButtonTo, LinkTo } from '../app/links.js';
import { OrganizationLink } from '../customer-success/organization-link.js';
import type { Column } from '../lists/list-table.js';
import { useWords } from '../words/use-words.js';
import type { AccountSearch, ZoneName } from './account-search.js';
import { RowMenu } from './row-menu.js';

interface AccountColumns {
  zone: ZoneName;
  /** The filters of the list, to which the way back leads. */
  search: AccountSearch;
  review: boolean;
  /** All accounts belong to one organization, which is then not repeated in each row. */
  ofOneOrganization?: boolean;
}

/** The columns of the accounts in a zone. */
export function useAccountColumns({
  zone,
  search,
  review,
  ofOneOrganization = false,
}: AccountColumns): Column<AccountView>[] {
  const { t, format } = useWords();
  const licenseName = useLicenseName();
  const list = { ...search, ...(zone === 'expired' && { zone }) };
  const name: Column<AccountView> = {
    header: t('column.account'),
    sort: 'account_name',
    free: true,
    cell: ({ accountId, accountName }) => (
      <LinkTo
        to={review ? '/customer-success/accounts/$accountId' : '/account-management/accounts/$accountId'}
        params={{ accountId }}
        search={list}
        fw={600}
        inherit
      >
        {accountName}
      </LinkTo>
    ),
  };
  const organization: Column<AccountView> = {
    header: t('column.organization'),
    free: true,
    cell: ({ organizationId, organizationName }) => (
      <OrganizationLink organizationId={organizationId}>{organizationName}</OrganizationLink>
    ),
  };
  const customer: Column<AccountView> = {
    header: t('column.customer'),
    free: true,
    cell: ({ customerName }) => customerName,
  };
  const license: Column<AccountView> = { header: t('column.license'), cell: (account) => licenseName(account.license) };
  const pending: Column<AccountView> = {
    header: t('column.pending'),
    cell: (account) => (account.pending.length > 0 ? <Pending pending={account.pending} review={review} /> : null),
  };
  const ofWhom = review && !ofOneOrganization ? [organization] : [];

  if (zone === 'active')
    return [
      name,
      ...ofWhom,
      customer,
      license,
      { header: t('column.datapoints'), sort: 'left', cell: (account) => <UsageBar {...account} /> },
      { header: t('column.expires'), sort: 'expires_on', cell: (account) => <Expiry account={account} /> },
      pending,
      ...(review
        ? []
        : [
            {
              header: t('column.actions'),
              actions: true,
              cell: (account: AccountView) => <RowMenu account={account} list={list} />,
            },
          ]),
    ];
  return [
    name,
    ...ofWhom,
    license,
    { header: t('column.expiredOn'), sort: 'expires_on', cell: (account) => <Expiry account={account} /> },
    { header: t('column.contracted'), numeric: true, cell: ({ contracted }) => figure(format.number(contracted)) },
    { header: t('column.used'), numeric: true, cell: ({ used }) => figure(format.number(used)) },
    pending,
    ...(review ? [] : [renew()]),
  ];

  function figure(text: string) {
    return <Text size="sm">{text}</Text>;
  }

  function renew(): Column<AccountView> {
    return {
      header: t('column.actions'),
      actions: true,
      cell: ({ accountId }) => (
        <ButtonTo
          to="/account-management/accounts/$accountId/renewal"
          params={{ accountId }}
          search={list}
          size="compact-sm"
        >
          {t('action.renew')}
        </ButtonTo>
      ),
    };
  }
}
