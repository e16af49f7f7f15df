import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AccountRecipients as Recipients, AccountView, ExtraAddress, Language } from '@tenure/contracts';
import { markedAddressesQuery, organizationMarksQuery, recipientsQuery } from '../api/queries.js';
import { LinkTo } from '../app/links.js';
import { isMarked } from '../customer-success/reach.js';
import { Recipient } from '../emails/recipient.js';
import { ToEmails } from '../emails/to-emails.js';
import { CouldNotLoad } from '../lists/list-states.js';
import { ListTable, type Column } from '../lists/list-table.js';
import { useLater } from '../lists/use-later.js';
import { useWords } from '../words/use-words.js';
import { EditExtraAddresses } from './edit-extra-addresses.js';
import { ToldOf } from './told-of.js';

/**
 * Who receives e-mails about the account, which ones, and in which language: SuperAdmins, as each has chosen, and extra
 * addresses.
 */
export function AccountRecipients({ account, review }: { account: AccountView; review: boolean }) {
  const { t } = useWords();
  const { accountId, organizationId } = account;
  const { data, error, isPending, refetch } = useQuery(recipientsQuery(accountId));
  const waiting = useLater(isPending);
  const marked = useQuery(review ? organizationMarksQuery(organizationId) : markedAddressesQuery);
  const marks = marked.data?.items ?? [];
  const unreached = (email: string) => {
    if (!isMarked(email, marks)) return null;
    const why = t('momentReason.address_marked');
    if (review) return <Text size="xs">{why}</Text>;
    return (
      <LinkTo to="/account-management/settings/addresses" size="xs">
        {why}
      </LinkTo>
    );
  };
  /** Customer Success follows this link to see all e-mails to an address. */
  const toEmails: Column<{ email: string }>[] = review
    ? [
        {
          header: t('emails.title'),
          actions: true,
          cell: ({ email }) => <ToEmails email={email} />,
        },
      ]
    : [];
  const language = (of: Language) => <Text size="sm">{t(`shell.languageName.${of}`)}</Text>;
  const superAdmins: Column<Recipients['superAdmins'][number]>[] = [
    {
      header: t('column.recipient'),
      free: true,
      cell: ({ name, email }) => (
        <>
          <Recipient name={name} email={email} />
          {unreached(email)}
        </>
      ),
    },
    {
      header: t('recipients.toldOf'),
      cell: ({ told }) => <ToldOf told={told} />,
    },
    { header: t('recipients.language'), cell: (of) => language(of.language) },
    ...toEmails,
  ];
  const extraAddresses: Column<ExtraAddress>[] = [
    {
      header: t('recipients.address'),
      free: true,
      cell: ({ email }) => (
        <>
          <Text size="sm">{email}</Text>
          {unreached(email)}
        </>
      ),
    },
    { header: t('recipients.language'), cell: (of) => language(of.language) },
    ...toEmails,
  ];
  if (error && !data) return <CouldNotLoad error={error} onTryAgain={() => void refetch()} />;
  return (
    <Stack gap="lg">
      <Stack component="section" gap="xs">
        <Title order={2} size="h4">
          {t('recipients.superAdmins')}
        </Title>
        <Text size="sm">
          {t('recipients.superAdminsAre')} {!review && t('recipients.otherSuperAdmins')}
        </Text>
        <ListTable
          label={t('recipients.superAdmins')}
          columns={superAdmins}
          rows={data?.superAdmins ?? []}
          keyOf={({ memberId }) => memberId}
          skeletons={waiting ? 2 : 0}
        />
      </Stack>
      {data && (
        <Stack component="section" gap="xs" align="flex-start">
          <Title order={2} size="h4">
            {t('recipients.extra')}
          </Title>
          <Text size="sm">{t('recipients.extraAre')}</Text>
          {data.extraAddresses.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('recipients.none')}
            </Text>
          ) : (
            <ListTable
              label={t('recipients.extra')}
              columns={extraAddresses}
              rows={data.extraAddresses}
              keyOf={({ email }) => email}
            />
          )}
          {!review && <EditExtraAddresses accountId={accountId} recipients={data} />}
        </Stack>
      )}
    </Stack>
  );
}
