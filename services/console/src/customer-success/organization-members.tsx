import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { OrganizationMember } from '@tenure/contracts';
import { ToldOf } from '../account/told-of.js';
import { organizationMarksQuery, organizationMembersQuery } from '../api/queries.js';
import { useSession } from '../api/use-session.js';
import { Recipient } from '../emails/recipient.js';
import { ToEmails } from '../emails/to-emails.js';
import { ListPart } from '../lists/list-part.js';
import type { Column } from '../lists/list-table.js';
import { MorePages } from '../lists/more-pages.js';
import { useTurnedPages } from '../lists/use-turned-pages.js';
import { useWords } from '../words/use-words.js';
import { OrganizationPart } from './organization-part.js';
import { isMarked } from './reach.js';

/** Who can sign in for an organization: their roles, the notices they receive, and whether e-mails reach them. */
export function OrganizationMembers({ organizationId }: { organizationId: string }) {
  const { t, format } = useWords();
  const { timeZone } = useSession().member.organization;
  const [cursors, turn] = useTurnedPages('members', { inPlace: true });
  const list = useQuery(organizationMembersQuery(organizationId, { cursor: cursors.at(-1) }));
  const marks = useQuery(organizationMarksQuery(organizationId)).data?.items ?? [];
  const columns: Column<OrganizationMember>[] = [
    {
      header: t('organization.member'),
      free: true,
      cell: ({ name, email }) => (
        <>
          <Recipient name={name} email={email} />
          {isMarked(email, marks) && <Text size="xs">{t('momentReason.address_marked')}</Text>}
        </>
      ),
    },
    {
      header: t('organization.role'),
      cell: ({ roles }) => (
        <Text size="sm">
          {roles.length === 0
            ? t('organization.noRole')
            : roles.map((role) => t(`organization.roles.${role}`)).join(' · ')}
        </Text>
      ),
    },
    {
      header: t('recipients.toldOf'),
      cell: ({ roles, told }) => roles.includes('super_admin') && <ToldOf told={told} />,
    },
    {
      header: t('recipients.language'),
      cell: ({ language }) => <Text size="sm">{t(`shell.languageName.${language}`)}</Text>,
    },
    {
      header: t('organization.since'),
      cell: ({ since }) => <Text size="sm">{since && format.dayOf(since, timeZone)}</Text>,
    },
    { header: t('emails.title'), actions: true, cell: ({ email }) => <ToEmails email={email} /> },
  ];
  return (
    <OrganizationPart title={t('organization.members')} isWaiting={list.isPending}>
      <ListPart
        list={list}
        label={t('organization.members')}
        columns={columns}
        keyOf={({ memberId }) => memberId}
        skeletons={2}
        nothing={<Text size="sm">{t('organization.noMembers')}</Text>}
      />
      <MorePages cursors={cursors} next={list.data?.next} onTurn={turn} />
    </OrganizationPart>
  );
}
